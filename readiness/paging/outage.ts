/** How many calls a total outage of each service makes: `oncall` tells it. */
import { outages } from "../../policies/declared/detection.ts";
import { app } from "../../policies/declared/monitoring.ts";
import { callsOf, storyOf } from "../../policies/declared/story.ts";
import { ringsFrom } from "../../policies/declared/urgency.ts";
import type { Stack } from "../../policies/resource.ts";
import { whenKnown } from "../../policies/unknown-value.ts";

/** Of the kind of outage that makes most of them. */
export interface OutageCalls {
  readonly service: string;
  /** Whatever may tell of it. */
  readonly alerts: number;
  /** By day: at night SEV3 is mailed. */
  readonly calls: number;
  /** The alert of the first call, where there is one. */
  readonly first: string | undefined;
}

/**
 * Nothing is told of what only the deployment knows.
 * @param now from when on it is asked what ever rings
 */
export function outageCalls(stack: Stack, now: number): readonly OutageCalls[] {
  const services = stack.ofType(app);
  return services.flatMap(({ name }) => whenKnown(() => worst(name, stack, now)) ?? []);
}

function worst(service: string, stack: Stack, now: number): OutageCalls | undefined {
  const [most] = outages
    .map((outage) => {
      const story = storyOf(service, outage, stack);
      const calls = callsOf(story.filter((incident) => ringsFrom(incident.service, now) !== undefined));
      const alerts = new Set(story.flatMap((incident) => incident.alerts.map(({ chain }) => chain))).size;
      const first = calls[0]?.[0].alerts[0].chain.alert.resource.name;
      return { service, alerts, calls: calls.length, first };
    })
    .toSorted((a, b) => b.calls - a.calls || b.alerts - a.alerts);
  return most;
}

/** `a total outage of portal makes 1 call, for portal-uptime-homepage; 50 alerts tell of it`. */
export function outageSentence({ service, alerts, calls, first }: OutageCalls): string {
  const by = first === undefined ? "" : `, ${calls === 1 ? "for" : "the first for"} ${first}`;
  return `a total outage of ${service} makes ${calls} ${calls === 1 ? "call" : "calls"}${by}; ${alerts} alerts tell of it`;
}
