/** Spans and metrics of the calls of data stores, by the names that Datadog and OpenTelemetry give them. */
import { metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Pool } from "pg";

/** Datadog calls the span `postgresql.query` or `redis.query`, by its kind and `db.system`. */
export async function storeCall<T>(
  store: "postgresql" | "redis",
  text: string,
  call: () => Promise<T>,
): Promise<T> {
  const [operation = store] = text.trim().split(/\s/, 1);
  const attributes = {
    "db.system": store,
    "db.system.name": store,
    "db.operation.name": operation,
    "db.query.text": text,
  };
  return trace
    .getTracer("portal")
    .startActiveSpan(`${store} ${operation}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      try {
        return await call();
      } catch (error) {
        span.recordException(error instanceof Error ? error : String(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
}

/** OpenTelemetry, "Database client metrics". */
export function countConnections(pool: Pool, most: number): void {
  const meter = metrics.getMeter("portal");
  const name = { "db.client.connection.pool.name": "portal" };
  meter.createObservableUpDownCounter("db.client.connection.count").addCallback((seen) => {
    seen.observe(pool.idleCount, { ...name, "db.client.connection.state": "idle" });
    seen.observe(pool.totalCount - pool.idleCount, { ...name, "db.client.connection.state": "used" });
  });
  meter.createObservableUpDownCounter("db.client.connection.max").addCallback((seen) => {
    seen.observe(most, name);
  });
  meter.createObservableUpDownCounter("db.client.connection.pending_requests").addCallback((seen) => {
    seen.observe(pool.waitingCount, name);
  });
}
