import { describe, expect, it } from "vitest";
import { messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { equals } from "../../policies/expect.ts";
import { type Resource, resourceType, Stack } from "../../policies/resource.ts";
import { type ResourceRule, type Rule, resourceRule, stackRule } from "../../policies/rule.ts";
import { declared, stackOf, unknown } from "./support/stack.ts";

interface BucketProps {
  readonly size: number;
  readonly kind: string;
}
const bucket = resourceType<BucketProps>("test:index:Bucket");

function rule(more: Partial<ResourceRule<BucketProps>> = {}): Rule {
  const check: ResourceRule<BucketProps>["check"] = ({ props }) => equals(props, "size", 1);
  return resourceRule({ id: "bucket-sized", item: "GOV-01", type: bucket, check, ...more });
}

/** Outcome and message of every finding on buckets with these inputs. */
function outcomes(of: Rule, ...buckets: readonly object[]) {
  const registrations = buckets.map((props, i) =>
    declared(bucket.token, { ...props }, { name: `bucket-${i}` }),
  );
  return evaluate([of], stackOf(registrations)).map((f) => [f.outcome, messageOf(f, "prod")]);
}

describe("a resource rule", () => {
  it("passes and fails each resource by itself", () => {
    const source = { file: "components/bucket.ts", line: 7 };
    const bad = declared(bucket.token, { size: 2 }, { name: "bad", source });
    const findings = evaluate(
      [rule()],
      stackOf([bad, declared(bucket.token, { size: 1 }, { name: "good" })]),
    );
    expect(findings).toEqual([
      {
        item: "GOV-01",
        kind: "policy",
        by: "bucket-sized",
        outcome: "fail",
        subject: "bad",
        urn: bad.urn,
        observed: "size is 2",
        wanted: "1",
        source,
      },
      expect.objectContaining({ outcome: "pass", observed: "" }),
    ]);
  });

  it("fails a stack that has nothing to look at", () => {
    expect(outcomes(rule())).toEqual([["fail", expect.stringContaining("prod: no Bucket is declared")]]);
    const choosy = rule({ where: ({ props }) => props.kind === "a" });
    expect(outcomes(choosy, { size: 1, kind: "b" })).toEqual([
      ["fail", expect.stringContaining("no Bucket that this rule looks at is declared")],
    ]);
  });

  it("is undecided about what it cannot judge, beside what it finds wrong", () => {
    const check: ResourceRule<BucketProps>["check"] = () => [
      { doubt: "kind is a literal that nothing explains" },
      { observed: "size is 2", wanted: "1" },
    ];
    expect(outcomes(rule({ check }), { size: 2 })).toEqual([
      ["unknown", "bucket-0: kind is a literal that nothing explains (GOV-01)."],
      ["fail", expect.stringContaining("bucket-0: size is 2, must be 1 (GOV-01).")],
    ]);
  });

  it("looks at the resources that it selects, and at no other", () => {
    const choosy = rule({ where: ({ props }) => props.kind === "a" });
    expect(outcomes(choosy, { size: 1, kind: "a" }, { size: 2, kind: "b" })).toEqual([["pass", ""]]);
  });

  it("is undecided where the value is not known, and names its path", () => {
    expect(outcomes(rule(), { size: unknown })).toEqual([
      ["unknown", "bucket-0: size is only known during the deployment (GOV-01)."],
    ]);
  });

  it("is undecided where its selection is not known: neither passed over nor missing", () => {
    const choosy = rule({ where: ({ props }) => props.kind === "a" });
    expect(outcomes(choosy, { size: 1, kind: unknown })).toEqual([
      ["unknown", expect.stringContaining("kind")],
    ]);
  });

  it("is in error where its own code fails, and gives away nothing that it read", () => {
    const parsing = rule({ check: ({ props }) => JSON.parse(props.kind) });
    const [[outcome, message] = []] = outcomes(parsing, { kind: "hunter2" });
    expect(outcome).toBe("error");
    expect(message).toContain("the rule bucket-sized itself failed");
    expect(message).not.toContain("hunter2");
  });

  it("does not apply to a tier that it does not name", () => {
    const stagingOnly = rule({ tiers: ["staging"] });
    expect(outcomes(stagingOnly, { size: 2 })).toEqual([
      ["not-applicable", "not required of a production stack"],
    ]);
    expect(evaluate([stagingOnly], stackOf([], "staging"))[0]?.outcome).toBe("fail");
  });

  it("may blame another resource, which then is the finding's subject", () => {
    const blaming = rule({
      check: (r) => (r.parent ? { resource: r.parent, observed: "open", wanted: "closed" } : undefined),
    });
    const parent = declared("readiness:index:Store", {}, { name: "store" });
    const child = declared(bucket.token, {}, { name: "child", parent: parent.urn });
    expect(evaluate([blaming], stackOf([parent, child]))).toEqual([
      expect.objectContaining({ urn: parent.urn, subject: "store", observed: "open" }),
    ]);
  });
});

describe("a stack rule", () => {
  const check = (checkStack: (stack: Stack) => { observed: string; wanted: string } | undefined) =>
    evaluate([stackRule({ id: "stack-checked", item: "GOV-01", checkStack })], stackOf([]));

  it("passes, fails, or is in error as a whole", () => {
    expect(check(() => undefined)).toEqual([expect.objectContaining({ outcome: "pass", urn: undefined })]);
    expect(check(() => ({ observed: "one", wanted: "two" }))).toEqual([
      expect.objectContaining({
        outcome: "fail",
        subject: "prod",
        observed: "one",
        wanted: "two",
      }),
    ]);
    expect(
      check(() => {
        throw new TypeError("oops");
      }),
    ).toEqual([expect.objectContaining({ outcome: "error", observed: expect.stringContaining("oops") })]);
  });

  it("is undecided where it needs an unknown value", () => {
    const reading = stackRule({
      id: "stack-checked",
      item: "GOV-01",
      checkStack: (stack) => equals(stack.ofType(bucket)[0]?.props ?? {}, "size", 1),
    });
    const findings = evaluate([reading], stackOf([declared(bucket.token, { size: unknown })]));
    expect(findings).toEqual([
      expect.objectContaining({
        outcome: "unknown",
        subject: "prod",
        observed: expect.stringContaining("size"),
      }),
    ]);
  });
});

it("names the stack's own config file in the remedy", () => {
  const [finding] = evaluate(
    [resourceRule({ id: "kept", item: "DB-02", type: bucket, check: () => undefined })],
    stackOf([], "staging"),
  );
  expect(finding && messageOf(finding, "staging")).toContain("Pulumi.staging.yaml");
});

it("finds the resources of a type in the order of their declaration", () => {
  const resources = ["b", "a", "c"].map((name) => ({ name, type: name === "a" ? "other" : bucket.token }));
  const stack = new Stack("prod", resources as unknown as Resource[]);
  expect(stack.ofType(bucket).map((r) => r.name)).toEqual(["b", "c"]);
  expect(stack.ofType(resourceType("test:index:None"))).toEqual([]);
});
