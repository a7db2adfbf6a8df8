/** The alerts of a stack that reach somebody: what each says, and how long a fault takes until it does. */
import { type Severity, severities } from "../../model/on-call/severities.ts";
import { type Chain, chainsOf, peopleOf } from "../../policies/declared/chain.ts";
import { deliveryOf, firstNotice, noticesOf, wakingMethods } from "../../policies/declared/delivery.ts";
import { total } from "../../policies/declared/detection.ts";
import { tagOf } from "../../policies/declared/monitoring.ts";
import { service, severityOf } from "../../policies/declared/on-call.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { budgetBurnt, faultsOf, promiseOf, ringsAfter } from "../drill/timeline.ts";

export interface Alert {
  /** Of the monitor or check. */
  readonly name: string;
  /** In the catalogue; null where it has none. */
  readonly id: string | null;
  readonly service: string | null;
  readonly title: string;
  readonly severity: Severity;
  /** Severities of which it opens an incident with its own. */
  readonly opens: readonly Severity[];
  /** Address of its runbook; null where its message names none. */
  readonly runbook: string | null;
  /** Whether anybody whom it reaches is called, and not only mailed. */
  readonly rings: boolean;
  /** From when it fires until somebody is told, at worst. */
  readonly deliverySeconds: number;
  /** The faults that it looks for. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  /** What the service does, such as `hangs`, or what its requests meet, such as `10 % errors`. */
  readonly name: string;
  /** Share of requests that fail; 0 where it is no request that does. */
  readonly errorShare: number;
  /** From the first failed request until somebody is told, at worst. */
  readonly seconds: number;
  readonly steps: readonly FaultStep[];
  /** Share of a month's error budget that is gone by then; null where no request fails or no availability is promised. */
  readonly budgetShare: number | null;
}

export interface FaultStep {
  readonly name: string;
  readonly seconds: number;
  /** No vendor promises it. */
  readonly assumed?: true;
}

export function alertsOf(stack: Stack): readonly Alert[] {
  // The order in which resources are declared is not the same in every run.
  return chainsOf(stack)
    .map((chain) => alertOf(stack, chain))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function opensBeside(stack: Stack, { alert, severity }: Chain): readonly Severity[] {
  const told = stack.ofType(service).filter(({ props }) => alert.handles.includes(props.name ?? ""));
  const others = new Set(told.map(severityOf));
  return severities.filter((one) => one !== severity && others.has(one));
}

function alertOf(stack: Stack, chain: Chain): Alert {
  const { alert, severity } = chain;
  const tagged = alert.resource as Resource<{ readonly tags?: readonly string[] }>;
  const promise = promiseOf(stack, chain);
  const [, runbook = null] = /\bRunbook: (https:\/\/\S+)/.exec(alert.message) ?? [];
  return {
    name: alert.resource.name,
    id: tagOf(tagged, "alert") ?? null,
    service: tagOf(tagged, "service") ?? null,
    title: alert.name,
    severity,
    opens: opensBeside(stack, chain),
    runbook,
    rings: [...peopleOf(chain.policy)].some(
      (person) => firstNotice(noticesOf(person, stack), "high", wakingMethods(person, stack)) !== undefined,
    ),
    deliverySeconds: total(deliveryOf(chain, stack)),
    faults: faultsOf(stack, chain, promise).flatMap((fault) => {
      const { name, errorShare, steps } = fault;
      if (steps === undefined) return [];
      const seconds = ringsAfter(fault);
      const counts = promise !== undefined && errorShare > 0;
      const budgetShare = counts ? Number(budgetBurnt(seconds, errorShare, promise).toPrecision(4)) : null;
      return [{ name, errorShare, seconds, steps, budgetShare }];
    }),
  };
}
