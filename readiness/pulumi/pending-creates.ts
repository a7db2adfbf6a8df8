/**
 * What an interrupted update left open. An update that died while it created something may have created it: Pulumi
 * does not know, and its next update would create a second one.
 */
import { nameOf } from "../inputs/flaws.ts";
import { type ExportedStack, readExport } from "./exported.ts";

/** A resource that may exist without being in the stack's state. */
export interface PendingCreate {
  readonly urn: string;
  /** Type token, such as `aws:rds/instance:Instance`. */
  readonly type: string;
  readonly name: string;
  /** What its vendor calls it, where the vendor had answered before the update died. */
  readonly id: string | undefined;
  /** What to look for, such as `identifier portal-db-4f2a1c`. */
  readonly mark: string | undefined;
  /** It was to take the place of a resource that the state still has. */
  readonly replaces: boolean;
  /** The component that it is a child of, and its provider, by their URNs. */
  readonly container: string | undefined;
  readonly provider: string | undefined;
}

/** Inputs by which a person finds a resource, the most distinct first. */
const marks = [
  "identifier",
  "replicationGroupId",
  "bucket",
  "domainName",
  "name",
  "title",
  "email",
  "key",
  "description",
];

/**
 * Reads the stack's state for creations that never ended.
 * @throws UsageError where the stack cannot be read
 */
export async function readPendingCreates(stack: string): Promise<readonly PendingCreate[]> {
  return pendingCreates(await readExport(stack));
}

/** The pending creates of an exported stack; Pulumi itself settles whatever else was pending. */
export function pendingCreates({ resources, operations }: ExportedStack): readonly PendingCreate[] {
  const there = new Set(resources.filter((r) => !r.delete).map((r) => r.urn));
  const creates = operations.filter((operation) => operation.type === "creating");
  return creates.map(({ resource: { urn, type, id, parent, provider, inputs } }) => {
    const mark = marks.find((key) => typeof inputs[key] === "string");
    return {
      urn,
      type,
      name: nameOf(urn),
      id: id || undefined,
      mark: mark && `${mark} ${inputs[mark]}`,
      replaces: there.has(urn),
      container: parent || undefined,
      // Behind its URN stands its id.
      provider: provider?.slice(0, provider.lastIndexOf("::")) || undefined,
    };
  });
}
