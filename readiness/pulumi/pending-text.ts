/** What to do about resources that may exist or not; to be read by somebody in a hurry. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { consoleOf, isVendor } from "../vendors/access.ts";
import type { PendingCreate } from "./pending-creates.ts";

/** What was left open, where to look for each, and the command that settles them all. */
export function explainPending(pending: readonly PendingCreate[], spec: StackSpec): string {
  const count = pending.length === 1 ? "1 resource" : `${pending.length} resources`;
  return [
    `An update of ${spec.stack} ended while it was creating ${count}, each of which may exist or not.`,
    "Another update would create them again, and the first ones would be nobody's. Look for:",
    "",
    ...pending.flatMap((p) => explain(p, spec)),
    "",
    "Then, without the lines of those that do not exist:",
    "",
    [
      `npm run recover -- --stack ${spec.stack}`,
      ...pending.filter(canExist).map(({ urn, id }) => `  --adopt '${urn}=${id ?? "<ID>"}'`),
      "  --drop-others",
    ].join(" \\\n"),
    "",
    `If the state is still locked by the update that died: npx pulumi cancel --stack ${spec.stack}`,
  ].join("\n");
}

/** Whether it can be taken into the state: one that replaces another cannot stand beside it. */
export function canExist({ type, replaces }: PendingCreate): boolean {
  return !replaces && !type.startsWith("random:");
}

function explain(pending: PendingCreate, spec: StackSpec): readonly string[] {
  const { name, type, mark, id } = pending;
  const title = `- ${name} (${type})`;
  if (type.startsWith("random:")) return [`${title}: exists nowhere but in the state, nothing to look for`];
  return [
    `${title}, ${place(pending, spec)}: ${mark ?? "by its tags"}`,
    ...(pending.replaces
      ? ["    It was to replace one that is still there: where it exists, delete it by hand."]
      : []),
    ...(canExist(pending) && id === undefined ? [`    Its ID: ${importPage(type)}`] : []),
  ];
}

/** Where a person looks for a resource. */
function place({ type }: PendingCreate, spec: StackSpec): string {
  const [vendor = type] = type.split(":");
  if (vendor === "aws") return `AWS in ${[spec.region, spec.backups.copyRegion, "us-east-1"].join(", ")}`;
  return isVendor(vendor) ? consoleOf(vendor, spec) : vendor;
}

/** The section of Pulumi's registry that says what the id of a type is. */
function importPage(type: string): string {
  const [vendor, module = ""] = type.split(":");
  const path = module.replace(/^index\//, "").toLowerCase();
  return `https://www.pulumi.com/registry/packages/${vendor}/api-docs/${path}/#import`;
}
