/**
 * What the columns of a trace mean. A column is named like an alert and holds the values that it watches, or
 * holds a service's requests or errors in each interval: availability, error rates and traffic follow from
 * those two. A unit may follow the name, as in `latency-list (ms)`.
 */
import { isOfKind } from "../../model/alerts/alert.ts";
import { alertsOf } from "../../model/alerts/catalogue.ts";
import { seriesQuery } from "../../model/alerts/query.ts";
import type { EventSignal, MetricSignal, Series } from "../../model/alerts/signal.ts";
import { errorCount, requestCount } from "../../model/alerts/telemetry.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { exact } from "../../model/exact.ts";
import { didYouMean } from "../../model/suggest.ts";
import { type Trace, TraceError } from "./trace.ts";

/** What a column may hold. */
export interface Input {
  /** Distinct in the stack: an alert's key, `portal.requests` or `portal.errors`. */
  readonly id: string;
  /** Names that a column may have; the first is the one to recommend. */
  readonly names: readonly [string, ...string[]];
  /** Of its values where the column names none. */
  readonly unit: string;
  readonly meaning: string;
  /** Whether it counts, so that values of two rows add up. */
  readonly adds: boolean;
}

/** A trace's values by the id of their input, in that input's unit. */
export type Data = ReadonlyMap<string, Float64Array>;

/** In one of the first unit of a group. */
const units: readonly Readonly<Record<string, number>>[] = [
  { s: 1, ms: 1e-3, µs: 1e-6, us: 1e-6, ns: 1e-9 },
  { bytes: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 },
  { "%": 1, share: 100 },
];

/** Every input that the alerts of a stack can be evaluated on. */
export function inputsOf(spec: StackSpec): readonly Input[] {
  const alone = spec.services.length === 1;
  const requests = spec.services.flatMap(({ name }): Input[] =>
    (["requests", "errors"] as const).map((what) => {
      const id = `${name}.${what}`;
      const done = what === "errors" ? "that failed" : "that were answered, failed ones too";
      return {
        id,
        names: alone ? [what, id] : [id],
        unit: "",
        meaning: `requests of ${name} ${done}`,
        adds: true,
      };
    }),
  );
  const alerts = alertsOf(spec);
  const measured = alerts.filter((alert) => isOfKind(alert, "metric", "rum", "ci-pipelines"));
  return [
    ...requests,
    ...measured.map(({ id, key, title, signal }): Input => {
      const unique = alerts.filter((other) => other.id === id).length === 1;
      return {
        id: key,
        names: unique ? [id, key] : [key],
        unit: signal.unit,
        meaning: `${statistic(signal)}, for the alert "${title}"`,
        adds: counts(signal),
      };
    }),
  ];
}

/** Whether a trace's column of that name counts something. */
export function countsIn(inputs: readonly Input[]): (header: string) => boolean {
  return (header) => {
    const found = match(header, inputs);
    return typeof found !== "string" && found.input.adds;
  };
}

/** By its query, the input that holds a series: requests and errors of each service. */
export function inputOfSeries(series: Series, spec: StackSpec): string | undefined {
  const query = seriesQuery(series);
  for (const service of spec.services) {
    if (query === seriesQuery(requestCount(spec, service))) return `${service.name}.requests`;
    if (query === seriesQuery(errorCount(spec, service))) return `${service.name}.errors`;
  }
  return undefined;
}

/**
 * A column that holds a series: its own input's, or that of another alert which watches the same series and
 * nothing else.
 */
export function columnOfSeries(series: Series, data: Data, spec: StackSpec): Float64Array | undefined {
  const input = inputOfSeries(series, spec);
  if (input) return data.get(input);
  const query = seriesQuery(series);
  const twin = alertsOf(spec).find(
    ({ key, signal }) =>
      data.has(key) &&
      signal.kind === "metric" &&
      "series" in signal.expression &&
      seriesQuery(signal.expression.series) === query,
  );
  return twin && data.get(twin.key);
}

/**
 * Finds out what each column of a trace holds.
 * @throws TraceError for a column that no alert watches, and for counts that cannot be
 */
export function dataOf(file: string, trace: Trace, spec: StackSpec): Data {
  const inputs = inputsOf(spec);
  const problems: string[] = [];
  const data = new Map<string, Float64Array>();
  for (const [header, values] of trace.columns) {
    const found = match(header, inputs);
    if (typeof found === "string") problems.push(found);
    else if (data.has(found.input.id)) problems.push(`two columns hold ${found.input.names[0]}`);
    else data.set(found.input.id, found.factor === 1 ? values : values.map((v) => exact(v * found.factor)));
  }
  for (const { name } of spec.services) problems.push(...countProblems(name, data, trace));
  if (problems.length > 0) throw new TraceError(file, problems);
  return data;
}

function match(
  header: string,
  inputs: readonly Input[],
): { readonly input: Input; readonly factor: number } | string {
  const behind = /[([]([^\s()[\]]+)[)\]]$/.exec(header);
  const unit = behind?.[1];
  const name = header.slice(0, behind?.index).trimEnd();
  const input = inputs.find(({ names }) => names.includes(name));
  if (!input) {
    const hint = didYouMean(
      name,
      inputs.flatMap(({ names }) => names),
    );
    return `there is no alert or measurement called "${name}"${hint || "; --columns lists them"}`;
  }
  const factor = unit === undefined ? 1 : conversion(unit, input.unit);
  return factor === undefined
    ? `"${header}": the unit must be ${unitsLike(input.unit).join(" or ") || "left out"}`
    : { input, factor };
}

function conversion(from: string, to: string): number | undefined {
  if (from === to) return 1;
  const group = units.find((u) => to in u);
  const [one, other] = [group?.[from], group?.[to]];
  return one === undefined || other === undefined ? undefined : one / other;
}

function unitsLike(unit: string): readonly string[] {
  const group = units.find((u) => unit in u);
  return group ? Object.keys(group) : [unit].filter((u) => u !== "");
}

function countProblems(service: string, data: Data, trace: Trace): readonly string[] {
  const requests = data.get(`${service}.requests`);
  const errors = data.get(`${service}.errors`);
  const problems: string[] = [];
  for (const row of trace.times.keys()) {
    const total = requests?.[row] ?? Number.NaN;
    const failed = errors?.[row] ?? Number.NaN;
    if (total < 0) problems.push(`${trace.place(row)}: requests are ${total}, must be 0 or more`);
    if (failed < 0) problems.push(`${trace.place(row)}: errors are ${failed}, must be 0 or more`);
    if (failed > total) {
      problems.push(`${trace.place(row)}: errors are ${failed}, more than the ${total} requests`);
    }
  }
  return problems;
}

/** Whether an alert's column holds numbers of events. */
function counts(signal: MetricSignal | EventSignal): boolean {
  if (signal.kind !== "metric") return signal.compute.aggregate === "count";
  return "series" in signal.expression && signal.expression.series.as === "count";
}

/** What one value of an alert's column is. */
function statistic(signal: MetricSignal | EventSignal): string {
  if (signal.kind !== "metric") {
    return signal.compute.aggregate === "count" ? "events" : "75th percentile";
  }
  const { expression } = signal;
  if ("series" in expression) return expression.series.aggregate;
  return "part" in expression ? "share" : "number";
}
