/**
 * Datadog as its API description has it, on loopback: monitors, and time series of the trace metrics of requests that
 * were seen. Whoever asks otherwise is refused, as there.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

export interface SeenRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly version: string;
  readonly endpoint: string;
  readonly failed: boolean;
  readonly seconds: number;
}

export interface FakeDatadog {
  readonly environment: Readonly<Record<string, string>>;
  /** Bodies and addresses that were asked. */
  readonly asked: readonly string[];
  close(): void;
}

const body = z.strictObject({
  data: z.strictObject({
    type: z.literal("timeseries_request"),
    attributes: z.strictObject({
      from: z.int(),
      to: z.int(),
      interval: z.int().optional(),
      formulas: z.array(z.strictObject({ formula: z.string() })).optional(),
      queries: z
        .array(z.strictObject({ data_source: z.literal("metrics"), name: z.string(), query: z.string() }))
        .min(1),
    }),
  }),
});

const keys = { api: "canary-1", app: "canary-2" };

interface Answer {
  readonly monitors: readonly { readonly name: string; readonly overall_state: string }[];
  /** Up to a moment. */
  readonly requests: (to: number) => readonly SeenRequest[];
  /** In the place of an answer about metrics. */
  readonly refuses?: number;
}

export async function fakeDatadog({ monitors, requests, refuses }: Answer): Promise<FakeDatadog> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const text = Buffer.concat(await request.toArray()).toString();
    asked.push(text || url.search);
    const { "dd-api-key": api, "dd-application-key": app } = request.headers;
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (api !== keys.api || app !== keys.app) return answer(403, { errors: ["Forbidden"] });
    if (request.method === "GET" && url.pathname === "/api/v1/monitor") return answer(200, monitors);
    if (request.method !== "POST" || url.pathname !== "/api/v2/query/timeseries") return answer(404, {});
    if (refuses !== undefined) return answer(refuses, { errors: [keys.app] });
    const parsed = body.safeParse(JSON.parse(text));
    if (!parsed.success) return answer(400, { errors: [parsed.error.message] });
    const { attributes } = parsed.data.data;
    return answer(200, { data: { type: "timeseries_response", attributes: seriesOf(attributes, requests) } });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      DD_API_KEY: keys.api,
      DD_APP_KEY: keys.app,
      DATADOG_API_URL: `http://127.0.0.1:${port}`,
    },
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Attributes = z.output<typeof body>["data"]["attributes"];

function seriesOf({ from, to, interval = 60_000, queries }: Attributes, requests: Answer["requests"]) {
  const first = Math.ceil(from / interval) * interval;
  const times = Array.from(
    { length: Math.floor((to - first) / interval) + 1 },
    (_, i) => first + i * interval,
  );
  const seen = requests(to).filter(({ at }) => at >= first && at < to);
  const lines = queries.flatMap(({ query }, index) => linesOf(query, seen, times, interval, index));
  return {
    times,
    series: lines.map(({ tags, index }) => ({ group_tags: tags, query_index: index, unit: [null, null] })),
    values: lines.map(({ values }) => values),
  };
}

/** Of the queries that graphs of Deployment Tracking are made of. */
const syntax =
  /^(?<of>sum|p95|count\(v: v>(?<limit>[\d.e-]+)\)):trace\.http\.server\.request(?<what>\.hits|\.errors|)\{env:staging,service:portal\} by \{(?<by>[\w,]+)\}(?<count>\.as_count\(\))?$/;

function linesOf(
  query: string,
  seen: readonly SeenRequest[],
  times: readonly number[],
  interval: number,
  index: number,
) {
  const { of = "", limit, what, by = "", count } = syntax.exec(query)?.groups ?? {};
  if (of === "" || (of === "p95") === (count !== undefined)) throw new Error(`no such query: ${query}`);
  const tagsOf = ({ version, endpoint }: SeenRequest) =>
    by.split(",").map((tag) => `${tag}:${tag === "version" ? version : endpoint}`);
  const counted = seen.filter(
    ({ failed, seconds }) =>
      (what !== ".errors" || failed) && (limit === undefined || seconds > Number(limit)),
  );
  const groups = Map.groupBy(counted, (one) => tagsOf(one).join(" "));
  return [...groups.values()].map((group) => {
    const points = Map.groupBy(group, ({ at }) => Math.floor(at / interval) * interval);
    const values = times.map((at) => {
      const here = points.get(at);
      if (!here) return null;
      if (of !== "p95") return here.length;
      const sorted = here.map(({ seconds }) => seconds).sort((a, b) => a - b);
      return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
    });
    const [one] = group;
    return { tags: one ? tagsOf(one) : [], index, values };
  });
}
