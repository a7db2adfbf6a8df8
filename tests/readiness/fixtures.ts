/** Findings, checklists and stacks made up for tests. */

import { type ChecklistItem, checklist, type ItemId } from "../../model/checklist/checklist.ts";
import type { Finding, Outcome } from "../../model/finding.ts";
import { type Resource, Stack } from "../../policies/resource.ts";
import type { Commit } from "../../readiness/inputs/commit.ts";

export const commit: Commit = { id: "0123456789abcdef0123456789abcdef01234567", reason: null };

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
      additionalSecretOutputs: [],
      provider: undefined,
      dependencies: [],
      propertyDependencies: {},
      source: undefined,
    }),
  );
  return new Stack(name, resources);
}
