/** Rules of every kind and outcome. */
import { atLeast, equals } from "../../../../policies/expect.ts";
import { linked, type Resource, resourceType } from "../../../../policies/resource.ts";
import { type Rule, resourceRule, stackRule } from "../../../../policies/rule.ts";

export const bucket = resourceType<{
  readonly size: number;
  readonly policy?: string;
  readonly days?: number;
}>("test:index:Bucket");
export const key = resourceType<object>("test:index:Key");

export const rules: readonly Rule[] = [
  resourceRule({
    id: "bucket-sized",
    item: "GOV-01",
    type: bucket,
    check: ({ props }) => equals(props, "size", 1),
    existing: ({ props }) =>
      props.size > 2 ? { observed: `size is ${props.size}`, wanted: "≤ 2" } : undefined,
  }),
  resourceRule({
    id: "bucket-encrypted",
    item: "GOV-01",
    type: bucket,
    check: (r) =>
      linked(r as Resource, "key", key).length > 0
        ? undefined
        : { observed: "key is not set", wanted: "a key of the stack" },
  }),
  resourceRule({
    id: "bucket-policy-parsed",
    item: "GOV-01",
    type: bucket,
    where: ({ props }) => props.policy !== undefined,
    check: ({ props }) => JSON.parse(props.policy ?? ""),
  }),
  resourceRule({
    id: "bucket-tiny-in-staging",
    item: "GOV-01",
    tiers: ["staging"],
    type: bucket,
    check: () => ({ observed: "anything", wanted: "something else" }),
  }),
  resourceRule({
    id: "bucket-kept",
    item: "GOV-01",
    adjustable: true,
    type: bucket,
    where: ({ props }) => props.days !== undefined,
    check: ({ props }, { floor }) => atLeast(props, "days", floor(7), "days"),
  }),
  stackRule({
    id: "stack-without-keys",
    item: "GOV-01",
    existing: true,
    checkStack: (stack) =>
      stack
        .ofType(key)
        .map((resource) => ({ resource: resource as Resource, observed: "declared", wanted: "absent" })),
  }),
];
