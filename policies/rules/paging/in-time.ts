/** How long it takes from a fault until somebody hears, held against the severity's response time. */
import { severityLevels } from "../../../model/on-call/severities.ts";
import { type Chain, chainsAbout, levelSeconds, subjectOf } from "../../declared/chain.ts";
import { deliveryOf } from "../../declared/delivery.ts";
import {
  detectionOf,
  type Outage,
  outages,
  overdueOf,
  type Step,
  sentence,
  total,
  wordOf,
} from "../../declared/detection.ts";
import type { Stack } from "../../resource.ts";
import type { Violation } from "../../rule.ts";

/** From the first failed request of a total outage to a ringing phone. Of the five minutes in which a SEV1 is
 * answered (requirements, "Severities and escalation") that leaves three to answer. */
const outageSeconds = 120;
/** What looks less often is for `checks-frequent` to tell (requirements, "Health and monitoring"). */
const rareSeconds = 300;

/** The way from a fault to the first phone. */
interface Way {
  readonly chain: Chain;
  readonly steps: readonly Step[];
}

/**
 * Every level must have been told within the severity's response time. For what pages at once (SEV1, SEV2) and
 * looks at requests, users' clock counts, from the first failed request, in each way that a service can be out; for
 * what waits for a job, from when its run is overdue; for all else, from when it fires.
 *
 * Several alerts of SEV1 tell of one outage: the first of them sets the escalation in motion, and those after it must
 * have reached somebody themselves, were they alone.
 */
export function late(chain: Chain, stack: Stack): readonly Violation[] {
  const { severity, policy } = chain;
  const limit = severityLevels[severity].responseMinutes * 60;
  // Of levels that alone take too long, another rule speaks.
  if ((levelSeconds(policy).at(-1) ?? 0) >= limit) return [];
  const urgent = severity === "SEV1" || severity === "SEV2";
  const noticed = urgent ? outages.filter((outage) => detectionOf(chain, outage, stack)) : [];
  if (noticed.length > 0) {
    const faults = noticed.flatMap((outage) => lateInOutage(chain, outage, limit, stack) ?? []);
    return faults.slice(0, 1);
  }
  const overdue = urgent ? overdueOf(chain) : undefined;
  const since = overdue ? "of an overdue run" : "once it fires,";
  const told = allLevels({ chain, steps: [...(overdue ?? []), ...deliveryOf(chain, stack)] });
  return looksRarely(overdue ?? []) || total(told) <= limit
    ? []
    : [tooLate(chain, `${since} its last level`, told, limit)];
}

function lateInOutage(chain: Chain, outage: Outage, limit: number, stack: Stack): Violation | undefined {
  const own = wayOf(chain, outage, stack);
  if (!own || looksRarely(own.steps)) return undefined;
  const where = `of an outage that ${wordOf[outage]}`;
  if (total(own.steps) > limit) return tooLate(chain, `${where} its first level`, own.steps, limit);
  const together = chain.severity === "SEV1" ? besides(chain, stack) : [chain];
  const [first] = waysOf(together, outage, stack)
    .map((way) => ({ chain: way.chain, steps: allLevels(way) }))
    .toSorted(sooner);
  // It is told once, of the alert that would have to be quicker.
  if (first?.chain !== chain || total(first.steps) <= limit) return undefined;
  return tooLate(chain, `${where} its last level`, first.steps, limit);
}

function besides(chain: Chain, stack: Stack): readonly Chain[] {
  return chainsAbout(subjectOf(chain), stack).filter(({ severity }) => severity === chain.severity);
}

function tooLate({ alert }: Chain, whose: string, steps: readonly Step[], limit: number): Violation {
  return {
    resource: alert.resource,
    observed: `${whose} hears after ${total(steps)} s: ${sentence(steps)}`,
    wanted: `≤ ${limit} s`,
  };
}

/** To the first phone; nothing where the alert does not notice such an outage. */
function wayOf(chain: Chain, outage: Outage, stack: Stack): Way | undefined {
  const detection = detectionOf(chain, outage, stack);
  return detection && { chain, steps: [...detection, ...deliveryOf(chain, stack)] };
}

/** The quickest first. */
function waysOf(chains: readonly Chain[], outage: Outage, stack: Stack): readonly Way[] {
  return chains.flatMap((chain) => wayOf(chain, outage, stack) ?? []).toSorted(sooner);
}

function sooner(a: Way, b: Way): number {
  return total(a.steps) - total(b.steps);
}

function allLevels({ chain, steps }: Way): readonly Step[] {
  return [...steps, { name: "escalation", seconds: levelSeconds(chain.policy).at(-1) ?? 0 }];
}

function looksRarely(steps: readonly Step[]): boolean {
  return steps.some(({ name, seconds }) => name === "interval" && seconds > rareSeconds);
}

/** Some SEV1 alert of the service notices each kind of total outage and rings in time: `chains` are all that it has. */
export function outageNoticed(service: string, chains: readonly Chain[], stack: Stack): readonly Violation[] {
  const faults = outages.flatMap((outage): readonly Violation[] => {
    const [first] = waysOf(chains, outage, stack);
    const what = `of ${service} that ${wordOf[outage]}`;
    if (!first) return [{ observed: `no SEV1 alert notices an outage ${what}`, wanted: "one that does" }];
    if (total(first.steps) <= outageSeconds) return [];
    return [
      {
        resource: first.chain.alert.resource,
        observed: `it is the first to tell of an outage ${what}, after ${total(first.steps)} s: ${sentence(first.steps)}`,
        wanted: `≤ ${outageSeconds} s`,
      },
    ];
  });
  return faults.slice(0, 1);
}
