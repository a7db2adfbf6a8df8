/**
 * What an interrupted update left open. An update that died while it created something may have created it: Pulumi
 * does not know, and its next update would create a second one.
 */
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { readPulumi } from "./pulumi-cli.ts";

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
  /** URNs, where it has them. */
  readonly parent: string | undefined;
  readonly provider: string | undefined;
}

const state = z.object({ urn: z.string(), delete: z.boolean().optional() });
/** What is read of `pulumi stack export`; a secret is a map there, never its text. */
const exportedStack = z.object({
  deployment: z.object({
    resources: z.array(state).nullish(),
    pending_operations: z
      .array(
        z.object({
          type: z.string(),
          resource: state.extend({
            type: z.string(),
            id: z.string().optional(),
            parent: z.string().optional(),
            provider: z.string().optional(),
            inputs: z.record(z.string(), z.unknown()).default({}),
          }),
        }),
      )
      .nullish(),
  }),
});

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
 * @throws UsageError where the stack cannot be read: Pulumi itself has said why
 */
export async function readPendingCreates(stack: string): Promise<readonly PendingCreate[]> {
  const { status, output } = await readPulumi(["stack", "export", "--stack", stack]);
  if (status !== 0) {
    throw new UsageError(
      `the state of ${stack} cannot be read; if the stack is new: npx pulumi stack init ${stack}`,
    );
  }
  return pendingCreates(JSON.parse(output));
}

/** The pending creates of an exported stack; Pulumi itself settles whatever else was pending. */
export function pendingCreates(exported: unknown): readonly PendingCreate[] {
  const { resources, pending_operations: operations } = exportedStack.parse(exported).deployment;
  const there = new Set((resources ?? []).filter((r) => !r.delete).map((r) => r.urn));
  const creates = (operations ?? []).filter((operation) => operation.type === "creating");
  return creates.map(({ resource: { urn, type, id, parent, provider, inputs } }) => {
    const mark = marks.find((key) => typeof inputs[key] === "string");
    return {
      urn,
      type,
      name: urn.split("::").slice(3).join("::"),
      id: id || undefined,
      mark: mark && `${mark} ${inputs[mark]}`,
      replaces: there.has(urn),
      parent: parent || undefined,
      // Behind its URN stands its id.
      provider: provider?.slice(0, provider.lastIndexOf("::")) || undefined,
    };
  });
}
