/** The labels that everything of a stack carries, so that cost, alerts and ownership can be traced. */
import type { StackSpec } from "../model/config/stack-spec.ts";

/** AWS resource tags; AWS Backup and Datadog select by them, so they are explicit on every resource. */
export interface AwsTags extends Record<string, string> {
  readonly product: string;
  /** The stack's name, such as `prod`. */
  readonly environment: string;
  readonly owner: string;
  readonly "managed-by": "pulumi";
}

/** The tags of a stack's AWS resources. */
export function awsTags(spec: Pick<StackSpec, "product" | "stack" | "owner">): AwsTags {
  return { product: spec.product, environment: spec.stack, owner: spec.owner, "managed-by": "pulumi" };
}

/**
 * The same as Datadog writes tags, `product:portal` and so on.
 * @param extra more tags, such as `{ severity: "sev1" }`
 */
export function datadogTags(
  spec: Pick<StackSpec, "product" | "stack" | "owner">,
  extra: Readonly<Record<string, string>> = {},
): string[] {
  return Object.entries({ ...awsTags(spec), ...extra }).map(([key, value]) => `${key}:${value}`);
}
