/** Takes what an app reports by OTLP over HTTP, and reads it (opentelemetry-proto 1.x, the fields that are asked for). */
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { appFolder } from "../../tools/app/packages.ts";

const schema = `syntax = "proto3";
message Any { string s = 1; bool b = 2; int64 i = 3; double d = 4; }
message Pair { string key = 1; Any value = 2; }
message Resource { repeated Pair attributes = 1; }
message Status { int32 code = 3; }
message Span { bytes spanId = 2; bytes parentSpanId = 4; string name = 5; int32 kind = 6; repeated Pair attributes = 9; Status status = 15; }
message ScopeSpans { repeated Span spans = 2; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scopes = 2; }
message Traces { repeated ResourceSpans resources = 1; }
message Point { repeated Pair attributes = 7; double d = 4; sfixed64 i = 6; }
message Sum { repeated Point points = 1; int32 temporality = 2; bool monotonic = 3; }
message Gauge { repeated Point points = 1; }
message Metric { string name = 1; Gauge gauge = 5; Sum sum = 7; }
message ScopeMetrics { repeated Metric metrics = 2; }
message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scopes = 2; }
message Metrics { repeated ResourceMetrics resources = 1; }`;

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Pairs = readonly { key: string; value: Attributes }[];
interface Decoded {
  resources: readonly {
    resource: { attributes: Pairs };
    scopes: readonly {
      spans?: readonly { name: string; kind: number; attributes: Pairs; status?: { code: number } }[];
      metrics?: readonly {
        name: string;
        gauge?: { points?: readonly PointMessage[] };
        sum?: { points?: readonly PointMessage[]; temporality: number };
      }[];
    }[];
  }[];
}
interface PointMessage {
  readonly attributes?: Pairs;
  readonly d?: number;
  readonly i?: number;
}

export interface ReportedSpan {
  readonly name: string;
  /** 2 of a server, 3 of a client. */
  readonly kind: number;
  readonly attributes: Attributes;
  readonly failed: boolean;
  readonly resource: Attributes;
}
export interface ReportedPoint {
  readonly metric: string;
  readonly value: number;
  readonly attributes: Attributes;
  readonly resource: Attributes;
  /** 1 where a sum is what came since the last report, 2 where it only grows; nothing of a gauge. */
  readonly temporality: number | undefined;
}

export interface Collector {
  readonly url: string;
  readonly spans: readonly ReportedSpan[];
  readonly points: readonly ReportedPoint[];
  /** Of the requests that brought them. */
  readonly headers: readonly Readonly<Record<string, unknown>>[];
  close(): void;
}

export async function startCollector(): Promise<Collector> {
  const { parse } = createRequire(`${appFolder}/package.json`)("protobufjs") as {
    parse(text: string): { root: { lookupType(name: string): Type } };
  };
  const { root } = parse(schema);
  const [traces, metrics] = [root.lookupType("Traces"), root.lookupType("Metrics")];
  const spans: ReportedSpan[] = [];
  const points: ReportedPoint[] = [];
  const headers: Collector["headers"][number][] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    headers.push(request.headers);
    if (request.url === "/v1/traces") spans.push(...spansIn(read(traces, body)));
    if (request.url === "/v1/metrics") points.push(...pointsIn(read(metrics, body)));
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, spans, points, headers, close: () => server.close() };
}

interface Type {
  decode(body: Buffer): unknown;
  toObject(message: unknown, options: object): Decoded;
}

const read = (type: Type, body: Buffer) => type.toObject(type.decode(body), { longs: Number, arrays: true });

function named(pairs: Pairs = []): Attributes {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0] ?? ""]));
}

function spansIn({ resources }: Decoded): ReportedSpan[] {
  return resources.flatMap(({ resource, scopes }) =>
    scopes.flatMap(({ spans = [] }) =>
      spans.map(({ name, kind, attributes, status }) => ({
        name,
        kind,
        attributes: named(attributes),
        failed: status?.code === 2,
        resource: named(resource.attributes),
      })),
    ),
  );
}

function pointsIn({ resources }: Decoded): ReportedPoint[] {
  return resources.flatMap(({ resource, scopes }) =>
    scopes.flatMap(({ metrics = [] }) =>
      metrics.flatMap(
        ({ name, gauge, sum }) =>
          (gauge ?? sum)?.points?.map(({ attributes, d, i }) => ({
            metric: name,
            value: d ?? i ?? 0,
            attributes: named(attributes),
            resource: named(resource.attributes),
            temporality: sum?.temporality,
          })) ?? [],
      ),
    ),
  );
}
