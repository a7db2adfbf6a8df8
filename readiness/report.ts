/** What a report holds, as plain data: every format renders this and nothing else (report.schema.json). */
import type { ItemId, Purpose, Section } from "../model/checklist/checklist.ts";
import type { Measured } from "../model/evidence/measured.ts";
import { type Finding, type Outcome, remedyOf } from "../model/finding.ts";
import { decideTier, type Tier, type TierSource } from "../model/tier.ts";
import packageJson from "../package.json" with { type: "json" };
import type { Stack } from "../policies/resource.ts";
import type { Commit } from "./inputs/commit.ts";
import type { Operations } from "./operations/operations.ts";
import { overviewOf, type StackOverview } from "./overview.ts";
import { type QuietnessReport, quietnessReport } from "./paging/quietness.ts";
import { type ReportedFinding, reportedFinding } from "./reported-finding.ts";

import { type Asked, everything, isPart } from "./selection/asked.ts";
import { narrowed } from "./selection/narrow.ts";
import { atLeast, type ReportedSelection, reportedSelection } from "./selection/reported.ts";
import type { Since } from "./since/since.ts";
import {
  type ItemProof,
  type JudgedItem,
  judge,
  type OpenProof,
  ofWhatWasAsked,
  type Standing,
  type Verdict,
} from "./verdict.ts";

export type { ReportedFinding } from "./reported-finding.ts";

/** A major version for what breaks a reader, a minor one for what is added. */
export const schemaVersion = "2.7";

export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: { readonly name: string; readonly version: string };
  /** Each stack in numbers, those that were not evaluated last. */
  readonly overview: readonly StackOverview[];
  /** When it was made, as an ISO 8601 time. */
  readonly generated: string;
  readonly stacks: readonly StackReport[];
  /** Stacks that were asked for and could not be evaluated. */
  readonly notEvaluated: readonly NotEvaluated[];
}

export interface StackReport {
  readonly stack: string;
  readonly tier: Tier;
  /** What decided the tier; `default` where neither name nor config says anything, which makes it production. */
  readonly tierBy: TierSource;
  /** What the verdict was asked for. */
  readonly purpose: Purpose;
  readonly source: ReportSource;
  readonly commit: Commit;
  /** What is to be deployed together; null where nothing that can be used says it, or nobody asked. */
  readonly release: ReportedRelease | null;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly checklist: readonly ReportedItem[];
  readonly findings: readonly ReportedFinding[];
  /** What is in force although it is not as the checklist wants it; none where nothing is waived. */
  readonly waivers: readonly ReportedWaiver[];
  /** What evidence and probes measured of whatever has a limit; none where none was handed in. */
  readonly measurements: readonly ReportedMeasurement[];
  /** How often alerts page while nothing is wrong, and how surely once requests fail. */
  readonly quietness: QuietnessReport;
  /** Number of resources by type token. */
  readonly resources: Readonly<Record<string, number>>;
  /** What the program itself warned of, or what makes a state less than the whole truth; each once. */
  readonly warnings: readonly string[];
  /** What has changed since another report; null where none was given. */
  readonly since: Since | null;
  /** What was asked and what was not, where the verdict is over a part of the checklist; null where it is over all. */
  readonly selection: ReportedSelection | null;
  /** How it is run; absent where the format that was asked for does not tell it. */
  readonly operations?: Operations | undefined;
}

/** Of a release what a reader has to know. */
export interface ReportedRelease {
  readonly services: readonly {
    readonly service: string;
    readonly commit: string;
    readonly deployment: string | null;
  }[];
  /** ISO 8601 times; ids of people. */
  readonly window: { readonly opens: string; readonly closes: string; readonly present: readonly string[] };
}

/** What was judged: what the program declares, or what a state file says is deployed. */
export interface ReportSource {
  readonly kind: "program" | "state";
  /** The state file as it was given, `-` for standard input; null for a program. */
  readonly file: string | null;
  /** When the state was last written, as an ISO 8601 time; null where nothing tells. */
  readonly updated: string | null;
}

export interface ReportedItem {
  readonly id: ItemId;
  readonly section: Section;
  readonly statement: string;
  /** What goes wrong without it. */
  readonly why: string;
  /** What to change, or to hand in; commands stand in backticks. */
  readonly remedy: string;
  readonly outcome: Outcome;
  readonly standing: Standing;
  readonly required: boolean;
  /** Why it has no object in this stack, such as a part that it does without; null where it has one. */
  readonly because: string | null;
  readonly phase: "before" | "after";
  readonly proofs: readonly ReportedProof[];
}

export interface ReportedProof extends ItemProof {
  /** What waives its failures, or its lack, by place in the stack's `waivers`, counted from 0. */
  readonly waivers: readonly number[];
}

/** A failure that people have agreed to live with for a time. It stays a failure; the item stands as waived. */
export interface ReportedWaiver {
  readonly item: ItemId;
  /** The rule, where not the whole item is waived. */
  readonly rule: string | null;
  /** Name of the resource; `stack` for what concerns none. */
  readonly resource: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string;
  /** What holds the risk down meanwhile. */
  readonly compensating: string;
  /** ISO 8601 date; the waiver ends with that day. */
  readonly expires: string;
}

export interface ReportedMeasurement extends Measured {
  readonly item: ItemId;
  readonly service: string;
  /** Where: `ci`, `staging` or `prod`. */
  readonly environment: string;
  /** ISO 8601 time. */
  readonly at: string | null;
}

export interface NotEvaluated {
  readonly stack: string;
  readonly reason: string;
  /** What is wrong with its config; empty where the config is not the reason. */
  readonly issues: readonly ReportedIssue[];
}

export interface ReportedIssue {
  /** As it stands in the stack file; empty where the issue is about the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** File and line, where they are known: `Pulumi.prod.yaml:42`. */
  readonly place: string | null;
}

/** The whole document. */
export function reportOf(
  stacks: readonly StackReport[],
  notEvaluated: readonly NotEvaluated[] = [],
  now = new Date(),
): Report {
  return {
    schemaVersion,
    tool: { name: packageJson.name, version: packageJson.version },
    overview: overviewOf(stacks, notEvaluated),
    generated: now.toISOString(),
    stacks,
    notEvaluated,
  };
}

const program: ReportSource = { kind: "program", file: null, updated: null };

/** Waivers in force, and what they cover. */
export interface Waived {
  readonly live: readonly ReportedWaiver[];
  /** The place among them of the one that covers what is open. */
  readonly waiverOf: (open: OpenProof) => number | null;
}

const nothing: Waived = { live: [], waiverOf: () => null };

/** What else is told of a stack. */
export interface Particulars {
  readonly release?: ReportedRelease | undefined;
  readonly operations?: Operations | undefined;
  /** The whole checklist where absent. */
  readonly asked?: Asked | undefined;
  readonly now?: Date | undefined;
}

/** The report on one stack. */
export function stackReport(
  stack: Stack,
  all: readonly Finding[],
  commit: Commit,
  warnings: readonly string[],
  purpose: Purpose = "release",
  source: ReportSource = program,
  { live, waiverOf }: Waived = nothing,
  { release, operations, asked = everything, now = new Date() }: Particulars = {},
): StackReport {
  const part = narrowed(all, stack.name, asked, now);
  const { findings } = part;
  const { tier, by: tierBy } = decideTier(stack.name, stack.declared.tier);
  const isWaived = (open: OpenProof) => waiverOf(open) !== null;
  const { verdict, reasons, items } = judge(
    findings,
    part.checklist,
    tier,
    isPart(asked) && asked.judge === "existing" ? "change" : purpose,
    isWaived,
    stack.declared.parts,
  );
  const found = findings.map((f) =>
    reportedFinding(f, stack.name, f.outcome === "fail" ? waiverOf(f) : null),
  );
  const byItem = Map.groupBy(found, (f) => f.item);
  const waiversOf = (item: ItemId, by: string | null): readonly number[] => {
    const theirs = byItem.get(item)?.filter((f) => f.by === by) ?? [];
    const places = by === null ? [waiverOf({ item, by, urn: undefined })] : theirs.map((f) => f.waiver);
    return [...new Set(places)].filter((place) => place !== null);
  };
  return {
    stack: stack.name,
    tier,
    tierBy,
    purpose,
    source,
    commit,
    release: release ?? null,
    verdict: isPart(asked) ? ofWhatWasAsked(verdict) : verdict,
    reasons: isPart(asked) && verdict === "GO" ? [allProven(items)] : reasons,
    checklist: items.map(({ item, outcome, standing, required, proofs, because }) => ({
      id: item.id,
      section: item.section,
      statement: item.statement,
      why: item.why,
      remedy: remedyOf(item.id, stack.name),
      outcome,
      standing,
      required,
      because: because ?? null,
      phase: item.phase ?? "before",
      proofs: proofs.map((proof) => ({ ...proof, waivers: waiversOf(item.id, proof.by) })),
    })),
    findings: atLeast(found, asked.minSeverity),
    waivers: live,
    measurements: findings.flatMap(({ item, at, measured }) => {
      if (!measured) return [];
      const { values, ...where } = measured;
      return values.map((value) => ({ item, ...value, ...where, at: at ?? null }));
    }),
    quietness: quietnessReport(stack),
    resources: countByType(stack),
    warnings: [...new Set(warnings)],
    since: null,
    selection: isPart(asked) ? reportedSelection(stack, asked, part) : null,
    ...(operations && { operations }),
  };
}

function allProven(items: readonly JudgedItem[]): string {
  return `All ${items.filter(({ required }) => required).length} items that were asked are proven, as far as they were.`;
}

function countByType(stack: Stack): Record<string, number> {
  const groups = Map.groupBy(stack.resources, (r) => r.type);
  return Object.fromEntries([...groups].map(([type, all]) => [type, all.length] as const).sort());
}
