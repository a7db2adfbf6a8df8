/** Rules that demand an alert: it is there, it watches what it says, and it fires soon enough. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import { platform } from "../../../model/on-call/routing.ts";
import type { PartNeeds } from "../../../model/parts.ts";
import { everyService, type MonitorProps, monitor, tagged, tagOf } from "../../declared/monitoring.ts";
import { weaknesses } from "../../effects/alert-strength.ts";
import { parseQuery } from "../../effects/monitor-query.ts";
import { firesBeyond } from "../../effects/share.ts";
import { show } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

/** Above (`>`, `>=`) or below (`<`, `<=`) this it fires, or sooner. */
export type Limit = readonly [comparator: ">" | ">=" | "<" | "<=", value: number];

/** How an alert has to look at its subject. */
interface How {
  /** Seconds within which it has to notice; an hour where absent. */
  readonly within?: number;
  /** Of a count: the seconds in which so many are too many. A shorter window has to be content with fewer. */
  readonly per?: number;
  /** What is well comes as near as this: an alert or a warning beyond it is for nothing. */
  readonly healthy?: number;
  /** Below which number of a window it must fire at least, where the stack itself says so. */
  readonly least?: (stack: Stack, service: string, windowSeconds: number) => number;
}

interface OfService extends How {
  readonly needs?: PartNeeds;
  /** What the query must be narrowed to. */
  readonly scope?: (service: string) => string;
}

interface OfPlatform extends How {
  readonly needs?: PartNeeds;
  /** Whether the stack has what is to be watched; where it declares something else instead, no alert is wanted. */
  readonly applies?: (stack: Stack) => boolean;
  readonly scope?: (stack: Stack) => string;
  /** What a share is taken of at most, where the query says that as a number. */
  readonly capacity?: (stack: Stack) => number | undefined;
}

export function onService(
  alert: string,
  item: ItemId,
  limit: Limit,
  query: readonly string[],
  { scope = (service) => `service:${service}`, needs, ...how }: OfService = {},
): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    ...(needs && { needs }),
    checkStack: (stack) =>
      everyService(stack, (service) =>
        alerted(stack, { alert, service, limit, about: [...query, scope(service)], ...how }),
      ),
  });
}

export function onPlatform(
  alert: string,
  item: ItemId,
  limit: Limit,
  query: readonly string[],
  {
    applies = () => true,
    scope = ({ name }) => `environment:${name}`,
    capacity = () => undefined,
    needs,
    ...how
  }: OfPlatform = {},
): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    ...(needs && { needs }),
    checkStack: (stack) =>
      applies(stack)
        ? alerted(stack, {
            alert,
            service: platform,
            limit,
            about: [...query, scope(stack)],
            capacity: capacity(stack),
            ...how,
          })
        : undefined,
  });
}

/** A job that has to run: its monitor waits for a run, whatever the job is called. No stack has to have any. */
export function onRuns(alert: string, item: ItemId): Rule {
  return stackRule({
    id: `${alert}-alerted`,
    item,
    checkStack: (stack) => {
      const monitors = stack.ofType(monitor);
      if (monitors.length === 0) return { observed: "no monitor is declared", wanted: "declared" };
      return tagged(monitors, { alert }).flatMap((resource) => {
        const [job = "job:"] = /\bjob:[\w-]+/.exec(resource.props.query) ?? [];
        const service = tagOf(resource, "service") ?? "";
        const about = ["job.completed{", job, `service:${service}`];
        // A month is the longest that Datadog looks back: how rarely a job runs only its team knows.
        const demand: Demand = { alert, service, limit: ["<", 1], about, within: 31 * 86_400 };
        return judged(resource, demand, stack).map((said) => ({ resource: resource as Resource, ...said }));
      });
    },
  });
}

interface Demand extends How {
  readonly alert: string;
  readonly service: string;
  readonly limit: Limit;
  /** Parts of the query. */
  readonly about: readonly string[];
  readonly capacity?: number | undefined;
}

/** There is a monitor of this alert, it watches what it says, and it fires soon enough. */
function alerted(stack: Stack, demand: Demand): readonly (Violation | Doubt)[] {
  const { alert, service } = demand;
  const found = tagged(stack.ofType(monitor), { alert, service });
  if (found.length === 0) {
    return [{ observed: `${service} has no monitor of the alert ${alert}`, wanted: "declared" }];
  }
  return found.flatMap((resource) =>
    judged(resource, demand, stack).map((said) => ({ resource: resource as Resource, ...said })),
  );
}

function judged(
  { props }: Resource<MonitorProps>,
  demand: Demand,
  stack: Stack,
): readonly (Violation | Doubt)[] {
  const { service, limit, about, within = 3600, per, capacity, healthy, least: own } = demand;
  const [comparator, value] = limit;
  const missing = [...about, ` ${comparator} `].filter((part) => !props.query.includes(part));
  if (missing.length > 0) {
    return [{ observed: "query watches something else", wanted: `about ${missing.join(" and ")}` }];
  }
  const query = parseQuery(props.query);
  if (!query || query.kind === "objective") return [{ doubt: "its query says what no rule can read" }];
  const threshold = props.monitorThresholds?.critical;
  const share = query.kind === "metric" ? firesBeyond(query) : undefined;
  // Of what is beyond a share, the share is what fires; the threshold says how much more it takes.
  const critical =
    share && Number(threshold) === share.more ? share.percent : Number(threshold ?? Number.NaN);
  const direction = comparator.startsWith("<") ? "below" : "above";
  const found = [
    ...weaknesses(query, { direction, about, within, capacity }),
    ...(healthy === undefined ? [] : forNothing(props, direction, healthy)),
  ];
  const fewer = per === undefined ? 1 : Math.min(1, query.windowSeconds / per);
  const least = Math.max(value * fewer, own?.(stack, service, query.windowSeconds) ?? 0);
  if (direction === "below" ? critical >= least : critical <= least) return found;
  const observed = share?.more
    ? `it fires beyond ${share.percent} %`
    : `monitorThresholds.critical is ${show(threshold)}`;
  return [...found, { observed, wanted: `${direction === "below" ? "≥" : "≤"} ${least}` }];
}

/** Thresholds that a product meets on which nothing is wrong. */
function forNothing(
  { monitorThresholds = {} }: MonitorProps,
  direction: "above" | "below",
  healthy: number,
): readonly Violation[] {
  return (["critical", "warning"] as const).flatMap((name) => {
    const value = Number(monitorThresholds[name] ?? Number.NaN);
    if (!(direction === "below" ? value > healthy : value < healthy)) return [];
    const observed = `monitorThresholds.${name} is ${value}, which all is well at`;
    return [{ observed, wanted: `${direction === "below" ? "≤" : "≥"} ${healthy}` }];
  });
}
