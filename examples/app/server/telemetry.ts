/**
 * OpenTelemetry, by the variables that the stack sets (components/monitoring/service-monitoring.ts): where to, how
 * much, by which name. Without an address nothing is sent, and requests are logged all the same.
 */

import { getHeapStatistics } from "node:v8";
import { metrics as metricsApi } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node";
import { metrics, NodeSDK, resources, tracing } from "@opentelemetry/sdk-node";
import { RequestSpans } from "./request-spans.ts";
import { commitOf } from "./site.ts";

export async function startTelemetry(): Promise<void> {
  const sends = process.env["OTEL_EXPORTER_OTLP_ENDPOINT"] !== undefined;
  const exporting = sends ? [new tracing.BatchSpanProcessor(new OTLPTraceExporter())] : [];
  const sentry = process.env["SENTRY_DSN"] ? (await import("./sentry.ts")).startSentry() : undefined;
  const flush = oneAtATime(async () => {
    await Promise.all([...exporting.map((each) => each.forceFlush()), flushMetrics()]);
  });
  const sdk = new NodeSDK({
    // To the name and the environment, which stand in variables, the release.
    resource: resources.resourceFromAttributes({ "service.version": commitOf(process.env) }),
    instrumentations: [new RuntimeNodeInstrumentation()],
    spanProcessors: [new RequestSpans([...exporting, ...(sentry ? [sentry.processor] : [])], flush)],
    ...(sentry && { contextManager: sentry.contextManager, textMapPropagator: sentry.propagator }),
    ...(!sends && { metricReaders: [], logRecordProcessors: [] }),
  });
  sdk.start();
  // The library tells what is used, and no more what there can be.
  metricsApi
    .getMeter("portal")
    .createObservableGauge("v8js.memory.heap.limit", { unit: "By" })
    .addCallback((seen) => seen.observe(getHeapStatistics().heap_size_limit));
}

async function flushMetrics(): Promise<void> {
  const provider = metricsApi.getMeterProvider();
  if (provider instanceof metrics.MeterProvider) await provider.forceFlush();
}

/** While one is on its way, whoever comes waits for the next, which takes what has gathered for all of them. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = () => {
    next = undefined;
    current = work().finally(() => {
      current = undefined;
    });
    return current;
  };
  return () => {
    if (!current) return start();
    next ??= current.then(start, start);
    return next;
  };
}
