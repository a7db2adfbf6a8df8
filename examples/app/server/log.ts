/** Logs as JSON, a line each, in the names that monitors look for (Datadog, "Default Standard Attributes"). */
import { trace } from "@opentelemetry/api";
import { commitOf } from "./site.ts";

type Level = "info" | "warn" | "error";

/** @param fields never a password, a token or what a customer wrote */
export function log(status: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const span = trace.getActiveSpan()?.spanContext();
  const line = {
    timestamp: new Date().toISOString(),
    status,
    message,
    service: process.env["OTEL_SERVICE_NAME"] ?? "portal",
    env: process.env["APP_ENVIRONMENT"] ?? "local",
    version: commitOf(process.env),
    ...(span && { trace_id: span.traceId, span_id: span.spanId }),
    ...fields,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** An error's fields, which a reader of the log groups by. */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { error: { kind: name, message, stack } };
}
