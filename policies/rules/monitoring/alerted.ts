/** Rules that demand an alert: it is there, it watches what it says, and it fires soon enough. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import { platform } from "../../../model/on-call/routing.ts";
import { everyService, monitor, tagged } from "../../declared/monitoring.ts";
import { show } from "../../expect.ts";
import type { Stack } from "../../resource.ts";
import { type Rule, stackRule, type Violation } from "../../rule.ts";

/** Above (`>`, `>=`) or below (`<`) this it fires, or sooner. */
export type Limit = readonly [comparator: ">" | ">=" | "<", value: number];

/** @param scope what the query must be narrowed to */
export function onService(
  alert: string,
  item: ItemId,
  limit: Limit,
  query: readonly string[],
  scope: (service: string) => string = (service) => `service:${service}`,
): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    checkStack: (stack) =>
      everyService(stack, (service) => alerted(stack, alert, service, limit, [...query, scope(service)])),
  });
}

interface Of {
  /** Whether the stack has what is to be watched; where it declares something else instead, no alert is wanted. */
  readonly applies?: (stack: Stack) => boolean;
  /** What the query must be narrowed to. */
  readonly scope?: (stack: Stack) => string;
}

export function onPlatform(
  alert: string,
  item: ItemId,
  limit: Limit,
  query: readonly string[],
  { applies = () => true, scope = ({ name }) => `environment:${name}` }: Of = {},
): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    checkStack: (stack) =>
      applies(stack) ? alerted(stack, alert, platform, limit, [...query, scope(stack)]) : undefined,
  });
}

/** There is a monitor of this alert, it watches what it says, and it fires soon enough. */
function alerted(
  stack: Stack,
  alert: string,
  service: string,
  [comparator, value]: Limit,
  query: readonly string[],
): readonly Violation[] {
  const found = tagged(stack.ofType(monitor), { alert, service });
  if (found.length === 0) {
    return [{ observed: `${service} has no monitor of the alert ${alert}`, wanted: "declared" }];
  }
  return found.flatMap((resource) => {
    const { props } = resource;
    const missing = [...query, ` ${comparator} `].filter((part) => !props.query.includes(part));
    if (missing.length > 0) {
      return [
        { resource, observed: "query watches something else", wanted: `about ${missing.join(" and ")}` },
      ];
    }
    const critical = Number(props.monitorThresholds?.critical ?? Number.NaN);
    if (comparator === "<" ? critical >= value : critical <= value) return [];
    const observed = `monitorThresholds.critical is ${show(props.monitorThresholds?.critical)}`;
    return [{ resource, observed, wanted: `${comparator === "<" ? "≥" : "≤"} ${value}` }];
  });
}
