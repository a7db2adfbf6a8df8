import { describe, expect, it } from "vitest";
import { unknownValue } from "../../../readiness/engine/wire.ts";
import { planned } from "../../../readiness/terraform/values.ts";

const bucket = "aws_s3_bucket.logs";

/** The bucket flows into every property. */
function plan(props: Readonly<Record<string, unknown>>, secretPaths: readonly string[] = []) {
  return planned("aws_any", props, secretPaths, () => [bucket]);
}

describe("a value", () => {
  it("is told where it is known", () => {
    expect(planned("aws_any", { forceDestroy: false }, [], () => [])).toEqual({
      values: { force_destroy: false },
      unknown: {},
      sensitive: {},
      expressions: { force_destroy: { constant_value: false } },
    });
  });

  it("is a reference where it is not known", () => {
    expect(plan({ kmsKeyId: unknownValue })).toEqual({
      values: {},
      unknown: { kms_key_id: true },
      sensitive: {},
      expressions: { kms_key_id: { references: [bucket] } },
    });
  });

  it.each([
    ["a text", { password: "hunter2" }, ["password"]],
    ["a number", { pin: 1234 }, ["pin"]],
    ["within a block", { origins: [{ secret: "hunter2", id: "a" }] }, ["origins.0.secret"]],
    ["a whole block", { origin: { secret: "hunter2" } }, ["origin"]],
    ["in a list", { keys: ["a", "hunter2"] }, ["keys.1"]],
    ["in a map", { tags: { token: "hunter2" } }, ["tags.token"]],
    ["in a policy", { policy: { Statement: [{ Resource: "hunter2" }] } }, ["policy.Statement.0.Resource"]],
    ["not known", { password: unknownValue }, ["password"]],
  ])("that is secret is masked: %s", (_, props, paths) => {
    const { sensitive, ...told } = plan(props, paths);
    expect(JSON.stringify(told)).not.toMatch(/hunter2|1234/);
    expect(JSON.stringify(sensitive)).toContain("true");
    expect(JSON.stringify(told.values)).toContain("(sensitive value)");
  });
});

describe("an object", () => {
  it("is a list of one block", () => {
    expect(plan({ defaultAction: { allow: {} }, rule: { keyId: unknownValue, days: 1 } })).toMatchObject({
      values: { default_action: [{ allow: [{}] }], rule: [{ days: 1 }] },
      unknown: { rule: [{ key_id: true }] },
      expressions: { rule: [{ key_id: { references: [bucket] }, days: { constant_value: 1 } }] },
    });
  });

  it("keeps its keys where they are data", () => {
    expect(plan({ tags: { managedBy: "pulumi", Name: unknownValue } })).toMatchObject({
      values: { tags: { managedBy: "pulumi" } },
      unknown: { tags: { Name: true } },
    });
  });

  it("is a text where it is a policy, with a reference for what is not known", () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: unknownValue };
    const { values, unknown } = plan({ policy: { Statement: [statement] } });
    expect(JSON.parse(String(values["policy"]))).toEqual({
      Statement: [{ ...statement, Resource: `\${${bucket}}` }],
    });
    expect(unknown).toEqual({});
  });
});

describe("a list", () => {
  it("holds nothing in the place of what is not known", () => {
    expect(plan({ subnetIds: ["subnet-1", unknownValue] })).toMatchObject({
      values: { subnet_ids: ["subnet-1", null] },
      unknown: { subnet_ids: [false, true] },
      expressions: { subnet_ids: { references: [bucket] } },
    });
  });

  it("of blocks has a part of each", () => {
    expect(plan({ rules: [{ name: "a" }, { name: unknownValue }] })).toMatchObject({
      values: { rule: [{ name: "a" }, {}] },
      unknown: { rule: [{}, { name: true }] },
      sensitive: { rule: [{}, {}] },
    });
  });

  it("may be empty", () => {
    expect(plan({ ingress: [] }).values).toEqual({ ingress: [] });
  });
});
