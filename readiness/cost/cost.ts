/** What a stack costs a month: what is declared, at list prices; what has no known price is counted, never guessed. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { pagerDutyFeatures } from "../../model/plans/pagerduty.ts";
import type { TeamPlans } from "../../model/plans/plan.ts";
import { costOf, type Dollars, nothing, plus } from "../../model/prices/price.ts";
import { priceOf, pricesSeen } from "../../model/prices/prices.ts";
import { app } from "../../policies/declared/monitoring.ts";
import { user } from "../../policies/declared/on-call.ts";
import { declaredTraffic } from "../../policies/declared/traffic.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { isUnknownValue } from "../../policies/unknown-value.ts";
import { billedByUse, bills, type Charge, type Inputs, isFree } from "./bills.ts";
import { billedElsewhere } from "./elsewhere.ts";

export interface Line {
  /** The component that it is part of, such as `Outside watch`. */
  readonly component: string;
  /** Names of the resources that it is for. */
  readonly resources: readonly string[];
  readonly what: string;
  /** US dollars a month, from and to; null where it is not known. */
  readonly usd: Dollars | null;
  /** Where the price was read; of none, why. */
  readonly source: string;
}

/** What a month may cost; of none, why. */
export interface Budget {
  readonly monthlyUsd: number | null;
  /** Kept of it for what has no known price, or is billed by use; null where nothing says so. */
  readonly unpricedUsd: number | null;
  readonly because: string | null;
}

export interface Cost {
  readonly seen: typeof pricesSeen;
  readonly region: string;
  readonly budget: Budget;
  /** Of what has a price. */
  readonly usd: Dollars;
  readonly lines: readonly Line[];
  /** What is billed by use, and has no amount. */
  readonly byUse: readonly { readonly what: string; readonly resources: readonly string[] }[];
}

export interface Account {
  /** That of everything that is not global. */
  readonly region: string;
  readonly plans: TeamPlans;
  readonly budget: StackSpec["budget"];
  /** What the config says of it; what is declared tells nothing of a database elsewhere. */
  readonly database?: StackSpec["database"];
}

export function costOfStack(stack: Stack, { region, plans, budget, database }: Account): Cost {
  const lines = merged([
    ...stack.resources.flatMap((resource) => linesOf(resource, region)),
    ...planLines(stack, plans).map(({ component, resources, ...charge }) => ({
      component,
      resources,
      ...priced(charge, region),
    })),
    ...billedElsewhere(stack, plans, database)
      .filter(({ of }) => of.length > 0)
      .map(({ component, of, ...charge }) => ({
        component,
        resources: of.map(({ name }) => name),
        ...priced(charge, region),
      })),
    ...requests(stack, region),
  ]);
  const used = Map.groupBy(
    stack.resources.filter(({ type }) => type in billedByUse),
    ({ type }) => billedByUse[type] ?? type,
  );
  return {
    seen: pricesSeen,
    region,
    budget:
      budget.kind === "none"
        ? { monthlyUsd: null, unpricedUsd: null, because: budget.because }
        : { monthlyUsd: budget.monthlyUsd, unpricedUsd: budget.unpricedUsd ?? null, because: null },
    usd: lines.reduce((sum, { usd }) => plus(sum, usd ?? nothing), nothing),
    lines,
    byUse: [...used].map(([what, of]) => ({ what, resources: of.map(({ name }) => name) })),
  };
}

function linesOf(resource: Resource, region: string): readonly Line[] {
  const { type, name, props } = resource;
  if (isFree(type) || type in billedByUse) return [];
  const at = { component: componentOf(resource), resources: [name] };
  const charges = chargesOf(type, props);
  if (typeof charges === "string") return [{ ...at, what: type, usd: null, source: charges }];
  return charges.map((charge) => ({ ...at, ...priced(charge, region) }));
}

/** What is billed for a resource with these inputs; why nobody can tell where that is so. */
export function chargesOf(type: string, props: Inputs): readonly Charge[] | string {
  const bill = bills[type];
  if (!bill) return "nobody has looked at what it costs";
  try {
    return bill(props);
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return "the update will find out its size";
  }
}

export function priced({ what, price, quantity }: Charge, region: string) {
  const known = priceOf(price);
  if (!known) return { what, usd: null, source: `no price was found of ${price}` };
  const usd = costOf(known, quantity, region);
  if (usd?.every(Number.isFinite)) return { what, usd, source: known.source };
  return {
    what,
    usd: null,
    source: known.usd === null ? known.source : `no price was found for ${region}: ${known.source}`,
  };
}

/** What is billed beside resources: for the team's accounts, which all of its stacks share, and for parts that are elsewhere. */
function planLines(
  stack: Stack,
  { vercel, pagerduty }: TeamPlans,
): readonly (Charge & Pick<Line, "component" | "resources">)[] {
  const named = (resources: readonly Resource[]) => resources.map(({ name }) => name);
  const people = named(stack.ofType(user) as readonly Resource[]);
  const projects = named(stack.resources.filter(({ type }) => type === "vercel:index/project:Project"));
  const { types, uses } = pagerDutyFeatures["pagerduty-alert-grouping"];
  const grouping = named(stack.resources.filter(({ type, props }) => types.includes(type) && uses(props)));
  const { network } = stack.declared.parts;
  const addresses = network.kind === "static-ips" ? projects : [];
  const lines = [
    [
      "On call",
      people,
      `${people.length} people in PagerDuty ${pagerduty}`,
      `pagerduty ${pagerduty}`,
      people.length,
    ],
    ["On call", grouping, "PagerDuty's AIOps, at least, of the account", "pagerduty AIOps", 1],
    ["App", projects, `Vercel's plan ${vercel}, of the team`, `vercel ${vercel}`, 1],
    [
      "Network",
      addresses,
      `static IPs of ${addresses.length === 1 ? "a project" : `${addresses.length} projects`}`,
      "vercel static IPs",
      addresses.length,
    ],
  ] as const;
  return lines.flatMap(([component, resources, what, price, quantity]) =>
    resources.length > 0 ? [{ component, resources, what, price, quantity }] : [],
  );
}

/** What is billed for each request, of as many as the stack says that it has. */
function requests(stack: Stack, region: string): readonly Line[] {
  const weekly = stack
    .ofType(app)
    .flatMap(({ name }) => declaredTraffic(stack, name))
    .reduce((sum, { perMinute, hours }) => sum + perMinute * 60 * hours, 0);
  const monthly = Math.round((weekly / (7 * 24)) * 730);
  const per = [
    ["aws:wafv2/webAcl:WebAcl", "waf requests", "looked at"],
    ["aws:cloudfront/function:Function", "cloudfront function", "through its function"],
  ] as const;
  return per.flatMap(([type, price, how]) => {
    const asked = stack.resources.filter((resource) => resource.type === type);
    const [first] = asked;
    if (!first) return [];
    const what = `${(monthly / 1e6).toFixed(1)} million requests ${how}, by the declared traffic`;
    const charge = { what, price, quantity: monthly * asked.length };
    return [
      { component: componentOf(first), resources: asked.map(({ name }) => name), ...priced(charge, region) },
    ];
  });
}

/** The outermost component but the stack. */
function componentOf(resource: Resource): string {
  let outermost = resource;
  for (let { parent } = resource; parent && parent.type !== "pulumi:pulumi:Stack"; { parent } = parent)
    outermost = parent;
  const name = outermost.type.split(":").at(-1) ?? outermost.type;
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The same of several resources in one line. */
function merged(lines: readonly Line[]): readonly Line[] {
  const groups = Map.groupBy(lines, ({ component, what, source }) => `${component}\0${what}\0${source}`);
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const known = alike.flatMap(({ usd }) => (usd ? [usd] : []));
    return [
      {
        ...first,
        what: alike.length > 1 ? `${alike.length} × ${first.what}` : first.what,
        resources: alike.flatMap(({ resources }) => resources),
        usd: known.length === alike.length ? known.reduce(plus, nothing) : null,
      },
    ];
  });
}
