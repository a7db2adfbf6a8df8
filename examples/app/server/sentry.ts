/** Sentry, where SENTRY_DSN names a project: beside OpenTelemetry, which stays the one that makes the spans. */
import * as Sentry from "@sentry/node";
import { SentryPropagator, SentrySpanProcessor } from "@sentry/opentelemetry";
import { nodeProfilingIntegration } from "@sentry/profiling-node";
import { commitOf } from "./site.ts";

/** A rate that is not understood is none: the stack sets both. */
export function rate(written: string | undefined): number {
  const share = Number(written);
  return share >= 0 && share <= 1 ? share : 0;
}

export function startSentry() {
  const { SENTRY_DSN: dsn, SENTRY_ENVIRONMENT: environment } = process.env;
  if (!dsn) return undefined;
  const traces = rate(process.env["SENTRY_TRACES_SAMPLE_RATE"]);
  Sentry.init({
    dsn,
    ...(environment && { environment }),
    release: commitOf(process.env),
    // Nothing that makes spans of its own: Datadog would count each call twice.
    defaultIntegrations: Sentry.getDefaultIntegrationsWithoutPerformance(),
    tracesSampleRate: traces,
    // OpenTelemetry takes every trace, as Datadog counts them; of these Sentry gets its share.
    beforeSendTransaction: (transaction) => (Math.random() < traces ? transaction : null),
    profilesSampleRate: rate(process.env["SENTRY_PROFILES_SAMPLE_RATE"]),
    integrations: [nodeProfilingIntegration()],
    sendDefaultPii: false,
    skipOpenTelemetrySetup: true,
  });
  return {
    processor: new SentrySpanProcessor(),
    contextManager: new Sentry.SentryContextManager(),
    propagator: new SentryPropagator(),
  };
}
