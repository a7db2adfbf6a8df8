import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { unknownValue } from "../../../readiness/engine/wire.ts";
import { jsonText } from "../../../readiness/terminal/json-text.ts";
import { leftOut, terraformPlan } from "../../../readiness/terraform/plan.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";

const place = {
  address: z.string().regex(/^aws_[a-z0-9_]+\.[A-Za-z_][\w-]*$/),
  mode: z.literal("managed"),
  type: z.string(),
  name: z.string(),
};
const provider = z.literal("registry.terraform.io/hashicorp/aws");
const values = z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.unknown());
/** https://developer.hashicorp.com/terraform/internals/json-format, as far as a plan that creates everything goes. */
const format = z.strictObject({
  format_version: z.literal("1.2"),
  terraform_version: z.string(),
  planned_values: z.strictObject({
    root_module: z.strictObject({
      resources: z.array(
        z.strictObject({
          ...place,
          provider_name: provider,
          schema_version: z.int(),
          values,
          sensitive_values: values,
        }),
      ),
    }),
  }),
  resource_changes: z.array(
    z.strictObject({
      ...place,
      provider_name: provider,
      change: z.strictObject({
        actions: z.tuple([z.literal("create")]),
        before: z.null(),
        after: values,
        after_unknown: values,
        before_sensitive: z.literal(false),
        after_sensitive: values,
      }),
    }),
  ),
  configuration: z.strictObject({
    provider_config: z.record(z.string(), z.strictObject({ name: z.string(), full_name: provider })),
    root_module: z.strictObject({
      resources: z.array(
        z.strictObject({
          ...place,
          provider_config_key: z.string(),
          expressions: values,
          schema_version: z.int(),
          depends_on: z.array(z.string()).optional(),
        }),
      ),
    }),
  }),
  applyable: z.boolean(),
  complete: z.boolean(),
  errored: z.boolean(),
});

function read(registrations: readonly Registration[]): z.infer<typeof format> {
  return format.parse(JSON.parse(jsonText(terraformPlan(registrations))));
}

const registration = (over: Partial<Registration>): Registration => ({
  type: "aws:s3/bucket:Bucket",
  name: "logs",
  urn: "urn:pulumi:prod::readiness::aws:s3/bucket:Bucket::logs",
  parent: undefined,
  custom: true,
  props: {},
  secretPaths: [],
  protect: false,
  retainOnDelete: false,
  ignoreChanges: [],
  deletedWith: undefined,
  additionalSecretOutputs: [],
  provider: undefined,
  dependencies: [],
  propertyDependencies: {},
  source: undefined,
  ...over,
});

/** Every `references` and `depends_on`, however deep. */
function references(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "references" || key === "depends_on" ? (inner as readonly string[]) : references(inner),
  );
}

describe.each(["prod", "staging"] as const)("the plan of %s", (stack) => {
  const registrations = fixtureStacks[stack];
  const plan = read(registrations);
  const addresses = (resources: readonly { address: string }[]) => resources.map((r) => r.address);

  it("tells of every resource on AWS, three times, each with an address of its own", () => {
    const planned = addresses(plan.planned_values.root_module.resources);
    expect(planned.length).toBe(registrations.filter(({ type }) => type.startsWith("aws:")).length);
    expect(new Set(planned).size).toBe(planned.length);
    expect(addresses(plan.resource_changes)).toEqual(planned);
    expect(addresses(plan.configuration.root_module.resources)).toEqual(planned);
  });

  it("refers to what it tells of alone", () => {
    const planned = new Set(addresses(plan.planned_values.root_module.resources));
    const referred = references(plan.configuration);
    expect(referred.length).toBeGreaterThan(100);
    expect(referred.filter((address) => !planned.has(address))).toEqual([]);
  });

  it("holds nothing that is not known, and no secret", () => {
    const text = jsonText(plan);
    expect(text).not.toContain(unknownValue);
    const onAws = registrations.filter(({ type }) => type.startsWith("aws:"));
    const secrets = onAws.flatMap(({ props, secretPaths }) =>
      secretPaths.map((path) => path.split(".").reduce<unknown>((v, key) => (v as never)?.[key], props)),
    );
    const known = secrets.filter((s): s is string => typeof s === "string" && s.length > 7);
    expect(known.filter((secret) => secret !== unknownValue && text.includes(secret))).toEqual([]);
    expect(text).toContain("(sensitive value)");
  });

  it("knows by which key a log group is encrypted", () => {
    const groups = plan.configuration.root_module.resources.filter(({ type, expressions }) => {
      return type === "aws_cloudwatch_log_group" && "kms_key_id" in expressions;
    });
    expect(groups.length).toBeGreaterThan(3);
    for (const { expressions } of groups) {
      expect(references(expressions["kms_key_id"])).toEqual([expect.stringMatching(/^aws_kms_key\./)]);
    }
  });

  it("leaves out what is not on AWS, and tells how much", () => {
    const foreign = registrations.filter(({ custom, type }) => custom && !/^(aws|pulumi):/.test(type));
    const told = leftOut(registrations);
    expect([...told.keys()].sort()).toEqual(["datadog", "pagerduty", "random", "vercel"]);
    expect([...told.values()].reduce((sum, number) => sum + number, 0)).toBe(foreign.length);
  });
});

it("gives resources of one name and type addresses of their own, that Terraform takes", () => {
  const named = (name: string) => registration({ name, urn: `urn:${name}` });
  const { resource_changes } = read(["a.b", "a_b", "a b", "1st", 'x"]\u001b[31m'].map(named));
  expect(resource_changes.map(({ name }) => name)).toEqual(["a_b", "a_b_2", "a_b_3", "_1st", "x____31m"]);
});

it("tells what a terminal would act on without acting on it", () => {
  const hostile = "\u001b]0;owned\u0007\u009b31m\u202e";
  const text = jsonText(terraformPlan([registration({ props: { tags: { [hostile]: hostile } } })]));
  for (const character of "\u001b\u0007\u009b\u202e") expect(text).not.toContain(character);
  expect(read([registration({ props: { tags: { a: hostile } } })]).resource_changes[0]?.change.after).toEqual(
    {
      tags: { a: hostile },
    },
  );
});

it("names a type of AWS that it has no name for", () => {
  const unheard = registration({ type: "aws:unheard/of:Of" });
  expect(leftOut([unheard, unheard])).toEqual(new Map([["aws:unheard/of:Of", 2]]));
  expect(read([unheard]).resource_changes).toEqual([]);
});
