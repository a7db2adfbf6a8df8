/**
 * What an interrupted update left open. An update that died while it created something may have created it: Pulumi
 * does not know, and its next update would create a second one.
 */
import { z } from "zod";
import type { StackSpec } from "../../spec/config.ts";
import { UsageError } from "../errors.ts";
import { readPulumi } from "./pulumi.ts";

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
}

/** What is read of `pulumi stack export`; a secret is a map there, never its text. */
const deployment = z.object({
  deployment: z.object({
    pending_operations: z
      .array(
        z.object({
          type: z.string(),
          resource: z.object({
            urn: z.string(),
            type: z.string(),
            id: z.string().optional(),
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

/** The pending creates of an exported stack; Pulumi itself finishes what else was pending. */
export function pendingCreates(exported: unknown): readonly PendingCreate[] {
  const operations = deployment.parse(exported).deployment.pending_operations ?? [];
  return operations
    .filter((operation) => operation.type === "creating")
    .map(({ resource: { urn, type, id, inputs } }) => {
      const mark = marks.find((key) => typeof inputs[key] === "string");
      return {
        urn,
        type,
        name: urn.split("::").at(-1) ?? urn,
        id: id || undefined,
        mark: mark && `${mark} ${inputs[mark]}`,
      };
    });
}

/** What was left open, where to look for it, and how to adopt or drop it; to be read by somebody in a hurry. */
export function explainPending(pending: readonly PendingCreate[], spec: StackSpec): string {
  const recover = `npm run recover -- --stack ${spec.stack}`;
  const count = pending.length === 1 ? "1 resource" : `${pending.length} resources`;
  return [
    `An update of ${spec.stack} ended while it was creating ${count}, each of which may exist or not.`,
    "Another update would create them again, and the first ones would be nobody's.",
    ...pending.flatMap((p) => [
      "",
      `${p.name} (${p.type})`,
      `  look for  ${[place(p, spec), p.mark ?? "its tags"].join(": ")}`,
      `  adopt it  ${recover} --import-pending-creates '${p.urn}' --import-pending-creates '${p.id ?? "<ID>"}'`,
      ...(p.id === undefined ? [`            where <ID> is what ${importPage(p)} says`] : []),
    ]),
    "",
    "Those that exist are adopted, all in one command if you like. When only such are left as do not exist:",
    `  drop them ${recover} --clear-pending-creates`,
    `On a terminal, ${recover} asks for each of them in turn.`,
    `Where the state is still locked by the update that died: npx pulumi cancel --stack ${spec.stack}`,
  ].join("\n");
}

/** Where a person looks for a resource. */
function place({ type }: PendingCreate, spec: StackSpec): string {
  const { site } = spec.monitoring;
  const vendor = type.split(":")[0] ?? type;
  const places: Readonly<Record<string, string>> = {
    aws: `AWS console, ${spec.region} (CloudFront's certificate and WAF: us-east-1; copies: ${spec.backups.copyRegion})`,
    datadog: `https://${site.split(".").length === 2 ? `app.${site}` : site}`,
    pagerduty: "PagerDuty",
    vercel: `https://vercel.com/${spec.vercel.teamSlug}`,
    random: "nowhere, it exists in the state alone and can be dropped",
  };
  return places[vendor] ?? vendor;
}

/** The section of Pulumi's registry that says what the id of a type is. */
function importPage({ type }: PendingCreate): string {
  const [vendor, module = "", kind = ""] = type.split(":");
  const path = module.replace(/^index\//, "").toLowerCase();
  return `https://www.pulumi.com/registry/packages/${vendor}/api-docs/${path || kind.toLowerCase()}/#import`;
}
