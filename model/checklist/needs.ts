/**
 * What each item needs that evidence proves: which runs, from where, how fresh, and whose limits those are. How a
 * measure is held against a service's levels stands in model/evidence/limits/.
 */
import { handInCommands } from "../evidence/hand-in.ts";
import type { CommandMeasure, Measure } from "../evidence/measure.ts";
import type { ItemId, Purpose } from "./checklist.ts";

export const environments = ["ci", "staging", "prod"] as const;
export type Environment = (typeof environments)[number];

export const suites = ["unit", "e2e", "smoke", "regression"] as const;
export type Suite = (typeof suites)[number];

/** Of what a verdict is asked for: evidence has no part in that of a change. */
export type Occasion = Exclude<Purpose, "change">;

/** What one proof of an item has to hold; an item may need several. */
export interface Part {
  /** Such as `unit tests`. */
  readonly name: string;
  readonly kind: Measure["kind"];
  readonly suite: Suite | null;
  /** Of a command, what it must be like. */
  readonly command?: RegExp;
  /** Whether `evidence -- run` must have made it, since the output alone does not tell which files it is about. */
  readonly executed?: true;
  /** The command that hands it in. */
  readonly handIn: string;
}

/**
 * What it is about: `commit`, the released one alone; `schema`, every commit with the same database schema;
 * `stack`, the stack or the service itself, whatever is released.
 */
export type Binding = "commit" | "schema" | "stack";

export interface Need {
  /** Whether each service needs its own, or the stack one, which is handed in for the service `platform`. */
  readonly of: "service" | "platform";
  readonly binding: Binding;
  readonly environments: readonly Environment[];
  /** Hours that it counts from when it was measured; null where it counts as long as its commit. */
  readonly hours: Readonly<Record<Occasion, number | null>>;
  /** Where the limits come from: `ours` where no standard says. */
  readonly source: string;
  readonly parts: readonly Part[];
}

const days = 24;
const always = { release: null, update: null } as const;
const hours = (count: number) => ({ release: count, update: count });

const ofCommit = {
  of: "service",
  binding: "commit",
  environments: ["ci"],
  hours: always,
} as const;
const ofSite = { ...ofCommit, environments: ["staging", "prod"], hours: hours(7 * days) } as const;
const ofSchema = {
  ...ofCommit,
  binding: "schema",
  environments: ["ci", "staging", "prod"],
  hours: hours(30 * days),
  source: 'requirements, "Checklist"; age ours',
} as const;
const ofStack = { of: "platform", binding: "stack", environments: ["ci", "staging", "prod"] } as const;

/** The items that evidence of this kind proves; a live look proves the other probes. */
export const needs = {
  "PRE-01": {
    ...ofCommit,
    environments: ["ci", "staging"],
    source: 'requirements, "Checklist"',
    parts: [
      { name: "unit tests", kind: "tests", suite: "unit", handIn: handInCommands["PRE-01"].unit },
      { name: "end-to-end tests", kind: "tests", suite: "e2e", handIn: handInCommands["PRE-01"].e2e },
    ],
  },
  "PRE-02": {
    ...ofCommit,
    source: 'requirements, "Service levels": above 80 %',
    parts: [{ name: "coverage", kind: "coverage", suite: null, handIn: handInCommands["PRE-02"].coverage }],
  },
  "PRE-03": {
    ...ofCommit,
    source: 'requirements, "Checklist"',
    parts: [
      {
        name: "build",
        kind: "command",
        suite: null,
        command: /\bbuild\b/,
        handIn: handInCommands["PRE-03"].build,
      },
    ],
  },
  "PRE-04": {
    ...ofCommit,
    source: 'requirements, "Checklist"',
    parts: [
      { name: "lint", kind: "lint", suite: null, handIn: handInCommands["PRE-04"].lint },
      {
        name: "type check",
        kind: "command",
        suite: null,
        command: /\b(tsc|vue-tsc|svelte-check|types?|type-?check)\b/,
        handIn: handInCommands["PRE-04"].types,
      },
    ],
  },
  "PRE-05": {
    ...ofCommit,
    hours: { release: 7 * days, update: 24 },
    source: "ours: advisories are published daily",
    parts: [
      {
        name: "audit",
        kind: "vulnerabilities",
        suite: null,
        executed: true,
        handIn: handInCommands["PRE-05"].audit,
      },
    ],
  },
  "PRE-06": {
    ...ofStack,
    of: "service",
    hours: hours(365 * days),
    source: "PCI DSS 4.0, 6.4.1: at least every 12 months",
    parts: [
      {
        name: "security review",
        kind: "security-review",
        suite: null,
        handIn: handInCommands["PRE-06"].review,
      },
    ],
  },
  "PRE-07": {
    ...ofCommit,
    source: 'requirements, "Service levels": below 850 KB',
    parts: [{ name: "bundle sizes", kind: "bundle", suite: null, handIn: handInCommands["PRE-07"].bundle }],
  },
  "PRE-08": {
    ...ofSite,
    source: 'requirements, "Service levels", and web.dev, Web Vitals; age ours',
    parts: [
      {
        name: "page measurements",
        kind: "performance",
        suite: null,
        handIn: handInCommands["PRE-08"].lighthouse,
      },
    ],
  },
  "PRE-09": {
    ...ofSite,
    source: 'requirements, "Service levels": p95 by class of endpoint; age ours',
    parts: [{ name: "load test", kind: "load", suite: null, handIn: handInCommands["PRE-09"].load }],
  },
  "PRE-10": {
    ...ofSite,
    source: 'requirements, "Checklist"; RFC 8996 for old TLS; age ours',
    parts: [
      { name: "look at HTTPS", kind: "transport", suite: null, handIn: handInCommands["PRE-10"].probe },
    ],
  },
  "PRE-11": {
    ...ofSite,
    source: 'requirements, "Checklist", graded as MDN HTTP Observatory does; age ours',
    parts: [
      {
        name: "look at the security headers",
        kind: "headers",
        suite: null,
        handIn: handInCommands["PRE-11"].probe,
      },
    ],
  },
  "PRE-12": {
    ...ofSite,
    environments: ["ci", "staging", "prod"],
    source: "WCAG 2.1 AA; age ours",
    parts: [
      {
        name: "accessibility report",
        kind: "accessibility",
        suite: null,
        handIn: handInCommands["PRE-12"].axe,
      },
    ],
  },
  "PRE-13": {
    ...ofSchema,
    parts: [
      { name: "migrations", kind: "migrations", suite: null, handIn: handInCommands["PRE-13"].migrations },
      {
        name: "way back",
        kind: "command",
        suite: null,
        command: /\b(down|back|rollback|revert|undo|reset)\b/,
        handIn: handInCommands["PRE-13"].back,
      },
    ],
  },
  "PRE-14": {
    ...ofSchema,
    parts: [
      { name: "query plans", kind: "query-plans", suite: null, handIn: handInCommands["PRE-14"].plans },
    ],
  },
  "PRE-15": {
    ...ofCommit,
    environments: ["staging"],
    hours: hours(72),
    source: 'requirements, "Deployment"; age ours',
    parts: [{ name: "smoke tests", kind: "tests", suite: "smoke", handIn: handInCommands["PRE-15"].smoke }],
  },
  "PRE-18": {
    ...ofStack,
    environments: ["prod"],
    hours: hours(30 * days),
    source: "ours: records are changed by hand, beside those of others",
    parts: [{ name: "records", kind: "records", suite: null, handIn: handInCommands["PRE-18"].records }],
  },
  "INC-01": {
    ...ofStack,
    of: "service",
    environments: ["staging", "prod"],
    hours: hours(90 * days),
    source: 'requirements, "Deployment": less than 5 minutes; age ours',
    parts: [{ name: "rollback", kind: "rollback", suite: null, handIn: handInCommands["INC-01"].rollback }],
  },
  "INC-02": {
    ...ofStack,
    hours: hours(90 * days),
    source: "the stack's recovery time; AWS Well-Architected REL09-BP04 says periodically, 90 days are ours",
    parts: [{ name: "restore", kind: "restore", suite: null, handIn: handInCommands["INC-02"].restore }],
  },
  "INC-03": {
    ...ofStack,
    hours: hours(180 * days),
    source: "FedRAMP IR-3, High: every six months",
    parts: [{ name: "drill", kind: "drill", suite: null, handIn: handInCommands["INC-03"].drill }],
  },
  "POST-01": {
    ...ofCommit,
    environments: ["prod"],
    source: 'requirements, "Deployment": watch 10 minutes; below 1 % with 95 % confidence is ours',
    parts: [{ name: "watch", kind: "watch-10m", suite: null, handIn: handInCommands["POST-01"].watch }],
  },
  "POST-02": {
    ...ofCommit,
    environments: ["prod"],
    source: 'requirements, "Checklist": the first hour; below 1 % with 95 % confidence is ours',
    parts: [{ name: "watch", kind: "watch-1h", suite: null, handIn: handInCommands["POST-02"].watch }],
  },
  "POST-03": {
    ...ofCommit,
    environments: ["prod"],
    source: 'requirements, "Checklist": the first 24 hours',
    parts: [
      { name: "alert history", kind: "alert-history", suite: null, handIn: handInCommands["POST-03"].alerts },
    ],
  },
  "POST-04": {
    ...ofCommit,
    environments: ["prod"],
    source: 'requirements, "Checklist"',
    parts: [
      {
        name: "regression tests",
        kind: "tests",
        suite: "regression",
        handIn: handInCommands["POST-04"].regression,
      },
    ],
  },
} as const satisfies Partial<Record<ItemId, Need>>;

export type NeededItem = keyof typeof needs;
export const neededItems = Object.keys(needs) as readonly NeededItem[];

export function needOf(item: NeededItem): Need {
  return needs[item];
}

export function isNeeded(item: string): item is NeededItem {
  return Object.hasOwn(needs, item);
}

/** Whether a run is of the kind that a part needs. */
export function fits(part: Part, measure: Measure): boolean {
  if (measure.kind !== part.kind) return false;
  return part.command === undefined || part.command.test((measure as CommandMeasure).command);
}
