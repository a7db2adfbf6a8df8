/**
 * The other half of a quiet alert: how surely it still rings, within the time that its severity leaves, once a part of
 * the requests fails.
 */
import { inRuns, poisson } from "../../model/alerts/quietness/counts.ts";
import { checkFirings } from "../../model/alerts/quietness/runs.ts";
import { chanceBeyond, chanceOf } from "../../model/alerts/quietness/window.ts";
import { type Severity, severities, severityLevels } from "../../model/on-call/severities.ts";
import type { Gamble } from "../effects/chance.ts";
import type { Resource, Stack } from "../resource.ts";
import { type Burn, burnOf } from "./burns.ts";
import { type Chain, chainsOf } from "./chain.ts";
import { deliveryOf } from "./delivery.ts";
import { detectionOf, metricSteps, total } from "./detection.ts";
import { type MonitorProps, type SyntheticCheckProps, syntheticCheck } from "./monitoring.ts";
import { healthAt, runsOf, subjectOf, watchedBy } from "./quietness.ts";

/** Requests that fail, of all: 100 %, 10 %, 1 %. */
export const faults = [1, 0.1, 0.01] as const;

/** The chance that an alert rings a phone within its severity's response time of the first failed request. */
export function powerOf(chain: Chain, stack: Stack, errors: number, perMinute: number): number {
  const { alert, severity } = chain;
  const limit = severityLevels[severity].responseMinutes * 60;
  const left = limit - total(deliveryOf(chain, stack));
  if (alert.resource.type === syntheticCheck.token) return ofCheck(chain, stack, errors, left);
  const resource = alert.resource as Resource<MonitorProps>;
  const minutes = Math.floor((left - total(metricSteps) - (resource.props.evaluationDelay ?? 0)) / 60);
  const health = healthAt(stack, subjectOf(alert.resource))(perMinute);
  if (minutes <= 0) return 0;
  if (resource.props.type === "slo alert") {
    const burn = burnOf(resource, health);
    return typeof burn === "string" || !burn.events.ofErrors ? 0 : ofBurn(burn, errors, perMinute, minutes);
  }
  const watching = watchedBy(resource, health);
  if (watching.kind !== "gamble" || !watching.gamble.ofErrors) return 0;
  return ofGamble(watching.gamble, errors, perMinute, minutes);
}

/** An alert that rings for a fault, and how surely. */
export interface Power {
  readonly chain: Chain | undefined;
  readonly chance: number;
}

/** The surest alert of a service, among those of at least a severity. */
export function surest(
  stack: Stack,
  service: string,
  errors: number,
  perMinute: number,
  atLeast: Severity,
): Power {
  const urgent = severities.slice(0, severities.indexOf(atLeast) + 1);
  let best: Power = { chain: undefined, chance: 0 };
  for (const chain of chainsOf(stack)) {
    if (!urgent.includes(chain.severity) || subjectOf(chain.alert.resource) !== service) continue;
    const chance = powerOf(chain, stack, errors, perMinute);
    if (chance > best.chance) best = { chain, chance };
    // Nothing is surer.
    if (chance > 0.9999) break;
  }
  return best;
}

/** Its window fills with the fault; once it is full, each look is another chance. */
function ofGamble(
  { condition, flow, windowMinutes }: Gamble,
  errors: number,
  perMinute: number,
  minutes: number,
): number {
  if (flow.spread) return 0;
  const filled = Math.min(minutes, windowMinutes);
  const failing = {
    bad: Math.max(flow.bad, perMinute * errors),
    good: flow.good > 0 ? perMinute * (1 - errors) : 0,
  };
  const mixed = (before: number, since: number) => before * (windowMinutes - filled) + since * filled;
  const beyond = chanceBeyond(
    condition,
    poisson(mixed(flow.bad, failing.bad)),
    poisson(mixed(flow.good, failing.good)),
  );
  if (minutes <= windowMinutes || beyond > 0.999) return beyond;
  const { firings, share } = chanceOf({ goodBelow: condition.goodBelow }, failing, windowMinutes);
  const more = share < 1 ? (firings * (minutes - windowMinutes)) / (1 - share) : 0;
  return 1 - (1 - beyond) * Math.exp(-more);
}

/** The window that is less sure decides. */
function ofBurn({ long, short, share, events }: Burn, errors: number, perMinute: number, minutes: number) {
  const chances = [long, short].map((window) => {
    const filled = Math.min(minutes, window);
    const bad = perMinute * (Math.max(errors, events.bad) * filled + events.bad * (window - filled));
    return inRuns(bad, 1).atLeast(Math.floor(share * perMinute * window) + 1);
  });
  return Math.min(...chances);
}

/** A total fault fails every run; of a part of the requests, a run and all its further attempts have to be hit. */
function ofCheck(chain: Chain, stack: Stack, errors: number, seconds: number): number {
  const { props } = chain.alert.resource as Resource<SyntheticCheckProps>;
  if (props.subtype !== "http") return 0;
  const steps = detectionOf(chain, "fails", stack);
  if (errors >= 1) return steps && total(steps) <= seconds ? 1 : 0;
  const { locations, needed, failing, perWeek } = runsOf(props, errors);
  const intervals = (seconds * perWeek) / (7 * 24 * 3600);
  return 1 - Math.exp(-checkFirings({ locations, needed, failing }) * intervals);
}
