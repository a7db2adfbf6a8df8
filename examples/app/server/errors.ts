/** Errors go where people look for them: the log, the trace, and Sentry where SENTRY_DSN names one. */
import { SpanStatusCode, trace } from "@opentelemetry/api";
import { errorFields, log } from "./log.ts";

export function report(error: unknown, where: Readonly<Record<string, string>>): void {
  const span = trace.getActiveSpan();
  span?.recordException(error instanceof Error ? error : String(error));
  span?.setStatus({ code: SpanStatusCode.ERROR });
  log("error", error instanceof Error ? error.message : String(error), { ...errorFields(error), ...where });
  // Loaded where it is of use: a function that starts makes somebody wait.
  if (process.env["SENTRY_DSN"]) {
    void import("@sentry/node").then(({ captureException }) =>
      captureException(error, { tags: { ...where } }),
    );
  }
}
