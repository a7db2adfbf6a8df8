import { context, SpanKind, trace } from "@opentelemetry/api";
import { tracing } from "@opentelemetry/sdk-node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestSpans } from "../../server/request-spans.ts";

const exporter = new tracing.InMemorySpanExporter();
const lines: string[] = [];
let tracer: ReturnType<tracing.BasicTracerProvider["getTracer"]>;
const flush = vi.fn(async () => undefined);

beforeEach(() => {
  exporter.reset();
  lines.length = 0;
  flush.mockClear();
  const next = [new tracing.SimpleSpanProcessor(exporter)];
  tracer = new tracing.BasicTracerProvider({ spanProcessors: [new RequestSpans(next, flush)] }).getTracer(
    "test",
  );
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

function request(method: string, target: string, code: number, route: string | undefined = target): void {
  const span = tracer.startSpan(method, {
    kind: SpanKind.SERVER,
    attributes: {
      "http.method": method,
      "http.target": target,
      "next.span_type": "BaseServer.handleRequest",
    },
  });
  if (route) span.setAttribute("http.route", route);
  span.setAttribute("http.status_code", code);
  span.end();
}

describe("a request's span", () => {
  it.each([
    ["GET", "/api/orders?page=2", "list"],
    ["GET", "/api/orders/1", "read"],
    ["HEAD", "/api/orders/1", "read"],
    ["POST", "/api/orders/drafts", "write"],
    ["GET", "/api/analytics", "analytics"],
    ["GET", "/api/search?q=oak", "search"],
    ["GET", "/api/health", undefined],
    ["GET", "/portal", undefined],
    ["POST", "/login", undefined],
  ])("of %s %s has the class %s", (method, target, wanted) => {
    request(method, target, 200);
    expect(exporter.getFinishedSpans().map(({ attributes }) => attributes["endpoint.class"])).toEqual([
      wanted,
    ]);
  });

  it("is sent once where Next.js makes two", () => {
    request("GET", "/portal", 200, "");
    request("GET", "/portal", 200);
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  it("is sent before the function may sleep", () => {
    request("GET", "/portal", 200);
    expect(flush).toHaveBeenCalledOnce();
  });

  it("makes the line that monitors count, without the query", () => {
    request("GET", "/api/search?q=secret", 503);
    expect(JSON.parse(lines.join(""))).toMatchObject({
      status: "error",
      http: { method: "GET", status_code: 503, url_details: { path: "/api/search" } },
      trace_id: expect.stringMatching(/^\w{32}$/),
    });
    expect(lines.join("")).not.toContain("secret");
  });

  it("leaves other spans as they are", () => {
    tracer.startSpan("query", { kind: SpanKind.CLIENT }, trace.deleteSpan(context.active())).end();
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(lines).toEqual([]);
  });
});
