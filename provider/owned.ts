/** What every single component has to know of whose it is. */
import * as pulumi from "@pulumi/pulumi";
import { type AwsTags, awsTags } from "../components/tags.ts";
import { slug } from "../model/config/forms.ts";
import { stackConfig } from "../model/config/schema.ts";
import { type Tier, tierOf } from "../model/tier.ts";

/** The settings of it. */
export const owned = { product: slug, owner: slug, tier: stackConfig.shape.tier };

export interface Owned {
  readonly product: string;
  readonly owner: string;
  readonly tier?: Tier | undefined;
}

/** How much it has to prove, by the stack's name, and what its AWS resources are labelled with. */
export function ownership(args: Owned): {
  readonly stack: string;
  readonly tier: Tier;
  readonly tags: AwsTags;
} {
  const stack = pulumi.getStack();
  return { stack, tier: tierOf(stack, args.tier), tags: awsTags({ ...args, stack }) };
}

/** Outputs by name, as one output. */
export function named(
  outputs: Readonly<Record<string, pulumi.Input<string>>>,
): pulumi.Output<{ [name: string]: string }> {
  return pulumi.output<{ [name: string]: string }>(outputs as { [name: string]: string });
}
