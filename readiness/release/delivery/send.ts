/** Tells Datadog what dashboards show of deliveries: https://docs.datadoghq.com/api/latest/metrics/#submit-metrics */
import { z } from "zod";
import { type DeliveryMetric, deliveryMetric, serviceTags } from "../../../model/alerts/telemetry.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import type { DeliveryFact } from "../../../model/release/delivery.ts";
import { addressIn, ask } from "../../ask.ts";

/** Of the interface's types of metrics. */
const [count, gauge] = [1, 3];
/** It takes no points that are older than an hour. */
const oldestMs = 55 * 60_000;

export interface Metric {
  readonly metric: string;
  readonly type: number;
  readonly points: readonly { readonly timestamp: number; readonly value: number }[];
  readonly tags: readonly string[];
}

/** What a fact comes to, for each service of the stack. */
export function metricsOf(facts: readonly DeliveryFact[], spec: StackSpec, now: Date): readonly Metric[] {
  return facts.flatMap((fact) => {
    const age = now.getTime() - Date.parse(fact.at);
    const timestamp = Math.floor((age > oldestMs ? now.getTime() : Date.parse(fact.at)) / 1000);
    return spec.services.flatMap((service) =>
      valuesOf(fact, service.name).map(([name, type, value]) => ({
        metric: deliveryMetric(spec, name),
        type,
        points: [{ timestamp, value }],
        tags: Object.entries(serviceTags(spec, service)).map(([key, tag]) => `${key}:${tag}`),
      })),
    );
  });
}

function valuesOf(
  fact: DeliveryFact,
  service: string,
): readonly (readonly [DeliveryMetric, number, number])[] {
  if (fact.kind === "failed") return [["failures", count, 1]];
  if (fact.kind === "restored") return [["time_to_restore", gauge, fact.seconds]];
  const lead = fact.leadSeconds[service];
  return [["deployments", count, 1], ...(lead === undefined ? [] : [["lead_time", gauge, lead] as const])];
}

/**
 * Sends metrics.
 * @param environment has `DD_API_KEY`, and `DD_HOST` where another address than the site's own is meant
 * @returns whether they were sent; without a key they are not
 * @throws UsageError where Datadog refuses
 */
export async function sendMetrics(
  metrics: readonly Metric[],
  { monitoring }: StackSpec,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const key = environment["DD_API_KEY"];
  if (!key) return false;
  await ask(
    new URL("/api/v2/series", addressIn(environment, "DD_HOST", `https://api.${monitoring.site}`)),
    {
      method: "POST",
      headers: { "content-type": "application/json", "dd-api-key": key },
      body: JSON.stringify({ series: metrics }),
    },
    z.unknown(),
    (status) => (status === 401 || status === 403 ? ": DD_API_KEY is not accepted" : ""),
  );
  return true;
}
