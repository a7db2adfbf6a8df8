/**
 * Next.js' own spans of requests, as monitors need them: with the class of their endpoint, each request once. The log
 * of requests is written from them, so that no request is left out of it.
 */
import { type Context, type HrTime, SpanKind, TraceFlags } from "@opentelemetry/api";
import type { tracing } from "@opentelemetry/sdk-node";
import { waitUntil } from "@vercel/functions";
import { endpointClass } from "./endpoint-class.ts";
import { log } from "./log.ts";

type Ended = tracing.ReadableSpan;

export class RequestSpans implements tracing.SpanProcessor {
  readonly #next: readonly tracing.SpanProcessor[];
  readonly #flush: () => Promise<unknown>;

  /**
   * @param next who gets the spans
   * @param flush sends what is there: a function may sleep as soon as it has answered
   */
  constructor(next: readonly tracing.SpanProcessor[], flush: () => Promise<unknown> = async () => undefined) {
    this.#next = next;
    this.#flush = flush;
  }

  onStart(span: tracing.Span, context: Context): void {
    const { method, path } = requested(span);
    const known = span.kind === SpanKind.SERVER ? endpointClass(method, path) : undefined;
    if (known) span.setAttribute("endpoint.class", known);
    for (const each of this.#next) each.onStart(span, context);
  }

  onEnd(span: Ended): void {
    if (isProxyPass(span)) return;
    for (const each of this.#next) each.onEnd(span);
    if (span.kind !== SpanKind.SERVER) return;
    logRequest(span);
    waitUntil(this.#flush().catch(() => undefined));
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#next.map((each) => each.forceFlush()));
  }

  async shutdown(): Promise<void> {
    await Promise.all(this.#next.map((each) => each.shutdown()));
  }
}

function requested({ attributes }: Pick<Ended, "attributes">): { method: string; path: string } {
  const [path = ""] = String(attributes["http.target"] ?? "").split("?");
  return { method: String(attributes["http.method"] ?? ""), path };
}

/**
 * Next.js makes two spans of a request that proxy.ts lets pass, of which Datadog would count both. Only the second
 * knows its route.
 */
function isProxyPass({ kind, attributes }: Ended): boolean {
  return (
    kind === SpanKind.SERVER &&
    attributes["next.span_type"] === "BaseServer.handleRequest" &&
    attributes["http.route"] === undefined &&
    attributes["http.status_code"] === 200
  );
}

const milliseconds = ([seconds, nanoseconds]: HrTime) => Math.round(seconds * 1e3 + nanoseconds / 1e6);

function logRequest(span: Ended): void {
  const { method, path } = requested(span);
  const code = Number(span.attributes["http.status_code"] ?? 0);
  const { traceId, spanId, traceFlags } = span.spanContext();
  log(code >= 500 ? "error" : "info", `${method} ${path} ${code}`, {
    http: { method, status_code: code, url_details: { path } },
    duration_ms: milliseconds(span.duration),
    ...(traceFlags & TraceFlags.SAMPLED && { trace_id: traceId, span_id: spanId }),
  });
}
