/** Whether Datadog has what a query reads: points of each series, tags of each metric, events of each search. */
import { z } from "zod";
import type { MonitorProps } from "../../policies/declared/monitoring.ts";
import { type Series, seriesIn } from "../../policies/effects/metric-expression.ts";
import { type EventQuery, type MetricQuery, parseQuery } from "../../policies/effects/monitor-query.ts";
import { type Datadog, Unanswered } from "./datadog.ts";
import type { Finding } from "./finding.ts";

const daySeconds = 86_400;
const points = z.object({ series: z.array(z.object({ pointlist: z.array(z.unknown()) })) });
const tags = z.object({ data: z.object({ attributes: z.object({ tags: z.array(z.string()) }) }) });
const buckets = z.object({
  data: z.object({ buckets: z.array(z.object({ computes: z.record(z.string(), z.number()) })) }),
});

/** Answers are kept: many alerts read the same series. */
export class Data {
  readonly #datadog: Datadog;
  readonly #now: number;
  readonly #asked = new Map<string, Promise<boolean>>();
  /** Metrics without their last part of which something came. */
  readonly #families = new Set<string>();

  /** @param now seconds since 1970 */
  constructor(datadog: Datadog, now: number) {
    this.#datadog = datadog;
    this.#now = now;
  }

  /** @throws Unanswered */
  has(series: Series, from: number, to: number): Promise<boolean> {
    const query = textOf(series);
    const key = `${from} ${to} ${query}`;
    const asked = this.#asked.get(key) ?? this.#points(series, query, from, to);
    this.#asked.set(key, asked);
    return asked;
  }

  async #points(series: Series, query: string, from: number, to: number): Promise<boolean> {
    const path = `/api/v1/query?from=${this.#now - from}&to=${this.#now - to}&query=${encodeURIComponent(query)}`;
    const { status, data, problem } = await this.#datadog.ask(path);
    const found = points.safeParse(data);
    if (status !== 200 || !found.success) throw new Unanswered(problem || `Datadog answered ${status}`);
    const some = found.data.series.some(({ pointlist }) => pointlist.length > 0);
    if (some) this.#families.add(familyOf(series));
    return some;
  }

  /** Asks of all monitors first: by what arrives at all, what has not happened is told from what cannot. */
  async prepare(props: MonitorProps): Promise<void> {
    // An objective's monitor holds an id that only a deployment knows.
    const parsed = props.type === "slo alert" ? undefined : parseQuery(props.query);
    if (parsed?.kind !== "metric") return;
    await Promise.allSettled(seriesIn(parsed.expression).map((one) => this.has(one, lookBack(parsed), 0)));
  }

  /** Every series of a monitor. */
  async ofQuery(query: MetricQuery): Promise<readonly Finding[]> {
    const { expression, comparator } = query;
    const from = lookBack(query);
    const series = seriesIn(expression);
    const answers = await Promise.all(series.map((one) => this.has(one, from, 0)));
    const silent = series.filter((_, i) => !answers[i]);
    if (silent.length === 0) return this.#history(expression);
    return Promise.all(silent.map((one) => this.#why(one, from, comparator)));
  }

  async #why(series: Series, from: number, comparator: string): Promise<Finding> {
    const { metric } = series;
    const counts = series.functions.some(({ name }) => name === "as_count") && comparator.startsWith(">");
    if (counts && this.#families.has(familyOf(series))) {
      return {
        asked: "data",
        outcome: "pass",
        message: `nothing counted as ${metric} yet, others of its kind`,
      };
    }
    const length = `${Math.round(from / 3600)} h`;
    if (counts) {
      const message = `nothing counted as ${metric} for ${length}: whether it would arrive nobody knows`;
      return { asked: "data", outcome: "unknown", message };
    }
    const missing = await this.#missingTags(series);
    const message =
      missing === undefined
        ? `it cannot fire: Datadog knows no metric ${metric}`
        : missing.length > 0
          ? `it cannot fire: ${metric} has no tag ${missing.join(", ")}`
          : `it cannot fire: ${metric} had no value for ${length}`;
    return { asked: "data", outcome: "fail", message };
  }

  /** Of the conditions of a series, those that no point of its metric meets; nothing for a metric that is not known. */
  async #missingTags({ metric, filters }: Series): Promise<readonly string[] | undefined> {
    const { status, data } = await this.#datadog.ask(
      `/api/v2/metrics/${encodeURIComponent(metric)}/all-tags`,
    );
    const found = tags.safeParse(data);
    if (status === 404 || (found.success && found.data.data.attributes.tags.length === 0)) return undefined;
    if (!found.success) throw new Unanswered(`Datadog does not tell the tags of ${metric}`);
    const known = new Set(found.data.data.attributes.tags);
    return filters
      .filter(({ negated, value }) => !negated && !value.includes("*"))
      .map(({ key, value }) => `${key}:${value}`)
      .filter((tag) => !known.has(tag));
  }

  /** What compares with the past needs a past: Datadog, "Anomaly Monitor", "Seasonality". */
  async #history(expression: MetricQuery["expression"]): Promise<readonly Finding[]> {
    const there: Finding = { asked: "data", outcome: "pass", message: "Datadog has its data" };
    if (expression.kind !== "function") return [there];
    const days = learningDays(expression.name, expression.args);
    if (days === 0) return [there];
    const past = await Promise.all(
      seriesIn(expression).map((one) => this.has(one, days * daySeconds, (days - 1) * daySeconds)),
    );
    return past.every(Boolean)
      ? [there]
      : [
          {
            asked: "history",
            outcome: "fail",
            message: `it cannot fire yet: it learns from ${days} days of data`,
          },
        ];
  }

  /** Events of a search, over a day. @throws Unanswered */
  async countEvents(source: "logs" | "rum" | "ci/pipelines", query: string): Promise<number> {
    const body = {
      filter: { query, from: `now-${daySeconds}s`, to: "now" },
      compute: [{ aggregation: "count", type: "total" }],
    };
    // CI Visibility takes its filter and compute likewise.
    const { status, data, problem } = await this.#datadog.ask(`/api/v2/${source}/analytics/aggregate`, body);
    const found = buckets.safeParse(data);
    if (status !== 200 || !found.success) throw new Unanswered(problem || `Datadog answered ${status}`);
    return found.data.data.buckets.reduce((sum, { computes }) => sum + (Object.values(computes)[0] ?? 0), 0);
  }

  async ofEvents(query: EventQuery, search: string): Promise<readonly Finding[]> {
    const source = ({ rum: "rum", "ci-pipelines": "ci/pipelines", logs: "logs" } as const)[query.source];
    if (!source) return [{ asked: "data", outcome: "unknown", message: `of ${query.source} nobody asks` }];
    const count = await this.countEvents(source, search);
    if (count > 0) return [{ asked: "data", outcome: "pass", message: "Datadog has its events" }];
    // Errors need not happen; what is measured has to be there.
    const outcome = query.aggregate === "count" ? "unknown" : "fail";
    return [{ asked: "data", outcome, message: `no event of ${query.source} matched its search for a day` }];
  }
}

/** Seconds: a day, or twice a longer window; what looks ahead has none. */
function lookBack({ windowSeconds, expression }: MetricQuery): number {
  if (expression.kind === "function" && expression.name === "forecast") return daySeconds;
  return Math.max(daySeconds, 2 * windowSeconds);
}

function learningDays(name: string, args: readonly string[]): number {
  if (name === "forecast") return 7;
  if (name !== "anomalies" || args[0] === "'basic'") return 0;
  if (args.includes("seasonality='hourly'")) return 1;
  return args.includes("seasonality='daily'") ? 3 : 21;
}

/** A series as the query interface takes it, over all of its groups. */
function textOf({ aggregate, metric, filters, functions }: Series): string {
  const scope = filters.map(({ key, value, negated }) => `${negated ? "!" : ""}${key}:${value}`).join(",");
  const calls = functions.map(({ name, args }) => `.${name}(${args.join(",")})`).join("");
  return `${aggregate}:${metric}{${scope || "*"}}${calls}`;
}

function familyOf({ metric }: Series): string {
  return metric.slice(0, metric.lastIndexOf("."));
}
