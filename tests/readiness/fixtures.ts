/** Findings, checklists and stacks made up for tests. */

import { type ChecklistItem, checklist, type ItemId } from "../../model/checklist/checklist.ts";
import type { Finding, Outcome } from "../../model/finding.ts";
import { usualParts, withoutObject } from "../../model/parts.ts";
import { type Resource, Stack } from "../../policies/resource.ts";
import type { Commit } from "../../readiness/inputs/commit.ts";
import { type ReportedWaiver, type StackReport, stackReport } from "../../readiness/report.ts";

export const commit: Commit = { id: "0123456789abcdef0123456789abcdef01234567", reason: null };

/** What is asked of a stack with the usual parts. */
export const usualItems = checklist.filter(({ needs }) => withoutObject(needs, usualParts) === undefined);

/** A row of a made-up checklist. */
export function item(id: ItemId, over: Partial<Omit<ChecklistItem, "id">> = {}): ChecklistItem {
  return {
    id,
    section: "Database",
    statement: `What ${id} says is true`,
    proof: "policy",
    why: "Otherwise it is not.",
    remedy: "Make it so in {stackFile}.",
    ...over,
  };
}

/** What one rule says of one resource. */
export function finding(id: ItemId, outcome: Outcome, over: Partial<Finding> = {}): Finding {
  return {
    item: id,
    kind: "policy",
    by: `${id.toLowerCase()}-holds`,
    outcome,
    subject: "portal-db",
    urn: "urn:pulumi:prod::readiness::aws:rds/instance:Instance::portal-db",
    observed: outcome === "pass" ? "" : "backupRetentionPeriod is 1 day",
    wanted: "≥ 7",
    source: { file: "components/database.ts", line: 41 },
    ...over,
  };
}

/** A finding of this outcome for every item of the real checklist that policy proves. */
export function findingsFor(outcome: Outcome): readonly Finding[] {
  return checklist.filter((i) => i.proof === "policy").map((i) => finding(i.id, outcome));
}

/** A stack with a resource of each of these types. */
export function stackOf(name: string, types: readonly string[] = []): Stack {
  const resources = types.map(
    (type, i): Resource => ({
      urn: `urn:pulumi:${name}::readiness::${type}::r${i}`,
      type,
      name: `r${i}`,
      props: {},
      parent: undefined,
      protect: false,
      retainOnDelete: false,
      ignoreChanges: [],
      deletedWith: undefined,
      additionalSecretOutputs: [],
      provider: undefined,
      dependencies: [],
      propertyDependencies: {},
      source: undefined,
    }),
  );
  return new Stack(name, resources);
}

const terms = {
  owner: "tomas",
  approver: "helen",
  compensating: "A snapshot is taken by hand",
  expires: "2026-03-31",
};
/** One of a failure, one of a proof that is missing. */
export const waivers: readonly ReportedWaiver[] = [
  {
    item: "DB-02",
    rule: "db-02-holds",
    resource: "portal-db",
    reason: "The vendor mends it in April.",
    ...terms,
  },
  { item: "PRE-02", rule: null, resource: "stack", reason: "The tool is being replaced", ...terms },
];
/** What stands beside each of them. */
export const waived: readonly string[] = [
  "waived until 2026-03-31, approved by helen, owned by tomas: The vendor mends it in April. Meanwhile: A snapshot is taken by hand.",
  "waived until 2026-03-31, approved by helen, owned by tomas: The tool is being replaced. Meanwhile: A snapshot is taken by hand.",
];

/** Production with everything proven, until a day, but what is waived; and what else is found. */
export function conditionalReport(...more: readonly Finding[]): StackReport {
  const said = { at: "2026-03-02T09:00:00Z", until: "2026-12-08T21:00:00.000Z" };
  const proven = checklist
    .filter(({ id }) => id !== "DB-02" && id !== "PRE-02")
    .map(({ id, proof: kind }) =>
      finding(id, "pass", kind === "policy" ? {} : { kind, by: `${kind} of ${id}`, ...said }),
    );
  const findings = [...proven, finding("DB-02", "fail"), ...more];
  return stackReport(stackOf("prod"), findings, commit, [], "release", undefined, {
    live: waivers,
    waiverOf: ({ item: id, by }) => {
      const place = waivers.findIndex((w) => w.item === id && (w.rule === null || w.rule === by));
      return place < 0 ? null : place;
    },
  });
}
