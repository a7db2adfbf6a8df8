/** Findings, checklists and stacks made up for tests. */
import type { Finding, Outcome } from "../../policies/evaluate.ts";
import { type Resource, Stack } from "../../policies/resource.ts";
import type { Commit } from "../../readiness/commit.ts";
import { type ChecklistItem, checklist, type ItemId } from "../../spec/checklist.ts";

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
  const observed = "portal-db: backupRetentionPeriod is 1 day, must be ≥ 7";
  return {
    rule: `${id.toLowerCase()}-holds`,
    item: id,
    outcome,
    urn: "urn:pulumi:prod::readiness::aws:rds/instance:Instance::portal-db",
    message:
      outcome === "pass" ? "" : `${observed} (${id}). Set database.backupRetentionDays in Pulumi.prod.yaml.`,
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
