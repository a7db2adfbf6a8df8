/** What a report holds, as plain data: every format renders this and nothing else (report.schema.json). */
import packageJson from "../package.json" with { type: "json" };
import type { Finding, Outcome } from "../policies/evaluate.ts";
import type { SourcePosition, Stack } from "../policies/resource.ts";
import { type ChecklistItem, checklist, type ItemId, type Section } from "../spec/checklist.ts";
import { type Tier, tierOf } from "../spec/tier.ts";
import type { Commit } from "./commit.ts";
import { type ItemProof, judge, type Standing, type Verdict } from "./verdict.ts";

/** A major version for what breaks a reader, a minor one for what is added. */
export const schemaVersion = "1.1";

export interface Report {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly stacks: readonly StackReport[];
  /** Stacks that were asked for and could not be evaluated. */
  readonly notEvaluated: readonly NotEvaluated[];
}

export interface StackReport {
  readonly stack: string;
  readonly tier: Tier;
  readonly source: ReportSource;
  readonly commit: Commit;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly checklist: readonly ReportedItem[];
  readonly findings: readonly ReportedFinding[];
  /** Number of resources by type token. */
  readonly resources: Readonly<Record<string, number>>;
  /** What the program itself warned of, or what makes a state less than the whole truth; each once. */
  readonly warnings: readonly string[];
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
  readonly outcome: Outcome;
  readonly standing: Standing;
  readonly required: boolean;
  readonly phase: "before" | "after";
  readonly proofs: readonly ItemProof[];
}

export interface ReportedFinding {
  readonly rule: string;
  readonly item: ItemId;
  readonly outcome: Outcome;
  /** Follows from the outcome: `error` for fail and error, `warning` for unknown, `note` otherwise. */
  readonly severity: "error" | "warning" | "note";
  /** The resource; null where the finding is about the stack, or about what is missing from it. */
  readonly urn: string | null;
  /** Subject, observed, wanted, item and remedy of a failure; the reason for any other outcome, or nothing. */
  readonly message: string;
  /** What to change where the rule failed; null otherwise. */
  readonly remedy: string | null;
  readonly source: SourcePosition | null;
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

const severities = {
  pass: "note",
  "not-applicable": "note",
  unknown: "warning",
  fail: "error",
  error: "error",
} as const satisfies Record<Outcome, ReportedFinding["severity"]>;

const rows: ReadonlyMap<ItemId, ChecklistItem> = new Map(checklist.map((item) => [item.id, item]));

/** The whole document. */
export function reportOf(stacks: readonly StackReport[], notEvaluated: readonly NotEvaluated[] = []): Report {
  return {
    schemaVersion,
    tool: { name: packageJson.name, version: packageJson.version },
    stacks,
    notEvaluated,
  };
}

const program: ReportSource = { kind: "program", file: null, updated: null };

/** The report on one stack. */
export function stackReport(
  stack: Stack,
  findings: readonly Finding[],
  commit: Commit,
  warnings: readonly string[],
  source: ReportSource = program,
): StackReport {
  const tier = tierOf(stack.name);
  const { verdict, reasons, items } = judge(findings, checklist, tier);
  return {
    stack: stack.name,
    tier,
    source,
    commit,
    verdict,
    reasons,
    checklist: items.map(({ item, outcome, standing, required, proofs }) => ({
      id: item.id,
      section: item.section,
      statement: item.statement,
      outcome,
      standing,
      required,
      phase: item.phase ?? "before",
      proofs,
    })),
    findings: findings.map((f) => reportedFinding(f, stack.name)),
    resources: countByType(stack),
    warnings: [...new Set(warnings)],
  };
}

function reportedFinding(finding: Finding, stack: string): ReportedFinding {
  const remedy = rows.get(finding.item)?.remedy.replaceAll("{stackFile}", `Pulumi.${stack}.yaml`);
  return {
    rule: finding.rule,
    item: finding.item,
    outcome: finding.outcome,
    severity: severities[finding.outcome],
    urn: finding.urn ?? null,
    message: finding.message,
    remedy: finding.outcome === "fail" ? (remedy ?? null) : null,
    source: finding.source ?? null,
  };
}

function countByType(stack: Stack): Record<string, number> {
  const groups = Map.groupBy(stack.resources, (r) => r.type);
  return Object.fromEntries([...groups].map(([type, all]) => [type, all.length] as const).sort());
}
