import { describe, expect, it } from "vitest";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { unknownValue } from "../../../readiness/engine/wire.ts";
import { generate } from "../../../readiness/mutate/generate.ts";
import type { Mutant } from "../../../readiness/mutate/mutant.ts";
import { Sdk } from "../../../readiness/mutate/sdk/sdk.ts";
import { declared } from "../../policies/support/stack.ts";

const sdk = new Sdk();
const vpc = declared("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { name: "network", protect: true });
const group = declared(
  "aws:ec2/securityGroup:SecurityGroup",
  { vpcId: unknownValue, ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [] }] },
  { name: "web", dependencies: [vpc.urn], propertyDependencies: { vpcId: [vpc.urn], ingress: [] } },
);

const mutants = generate([vpc, group], sdk);

function find(what: Partial<Mutant>): Mutant {
  const found = mutants.find((m) =>
    Object.entries(what).every(([key, value]) => m[key as keyof Mutant] === value),
  );
  if (!found) throw new Error(`no mutant is ${JSON.stringify(what)}`);
  return found;
}

describe("weakenings are made from what a stack declares:", () => {
  it("the same ones, in the same order, each time", () => {
    const names = (all: readonly Mutant[]) => all.map((m) => `${m.type} ${m.at} ${m.operator}`);
    expect(names(generate([vpc, group], sdk))).toEqual(names(mutants));
    expect(new Set(names(mutants)).size).toBe(mutants.length);
  });

  it("one property changed, all others kept", () => {
    const { after } = find({ path: "ingress.*.cidrBlocks", operator: "widened" });
    expect(after?.props["ingress"]).toEqual([
      { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
    ]);
    expect(after?.props["vpcId"]).toBe(unknownValue);
    expect(after?.propertyDependencies).toEqual(group.propertyDependencies);
  });

  it("a literal in a reference's place, and no relation left", () => {
    const { after } = find({ path: "vpcId", operator: "foreign" });
    expect(after?.props["vpcId"]).toBe("foreign-0a1b2c3d4e");
    expect(after?.propertyDependencies).toEqual({ vpcId: [], ingress: [] });
    expect(after?.dependencies).toEqual([]);
  });

  it("an input that the SDK knows and nobody declares", () => {
    const { after, kind } = find({ path: "revokeRulesOnDelete", operator: "set to true" });
    expect(after?.props["revokeRulesOnDelete"]).toBe(true);
    expect(kind).toBe("addition");
    const nested = find({ path: "ingress.*.self", operator: "set to true" }).after?.props["ingress"];
    expect(nested).toMatchObject([{ self: true, fromPort: 443 }]);
  });

  it("no deletion that does not compile, and no value that is the default", () => {
    const of = (path: string) => mutants.filter((m) => m.path === path).map((m) => m.operator);
    expect(of("ingress.*.fromPort")).not.toContain("deleted");
    expect(of("enableDnsSupport")).toEqual(["set to false"]);
  });

  it("protection off, where it is on", () => {
    expect(mutants.filter((m) => m.path === "protect").map((m) => m.resource)).toEqual(["network"]);
    expect(find({ path: "protect" }).after?.protect).toBe(false);
  });

  it("changes that the engine is not to see", () => {
    expect(find({ path: "ignoreChanges", type: group.type }).after?.ignoreChanges).toEqual(["*"]);
  });

  it("a resource gone", () => {
    expect(mutants.filter((m) => m.kind === "removed").map((m) => m.before?.name)).toEqual([
      "network",
      "web",
    ]);
  });

  it("one more of its kind, with foreign references and with its own", () => {
    const added = mutants.filter((m) => m.kind === "another" && m.type === group.type);
    expect(added.map(({ operator, after }) => [operator, after?.props["vpcId"]])).toEqual([
      ["added", "foreign-0a1b2c3d4e"],
      ["added to what is there", unknownValue],
    ]);
    const urns = new Set([vpc.urn, group.urn, ...added.map(({ after }) => after?.urn)]);
    expect(urns.size).toBe(3);
  });

  it("one of every type that attaches something, attached to what is there", () => {
    const { kind, after } = find({ type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" });
    expect(kind).toBe("attachment");
    expect(after?.props).toMatchObject({ securityGroupId: unknownValue, ipProtocol: expect.any(String) });
    expect(after?.propertyDependencies["securityGroupId"]).toEqual([group.urn]);
    expect(find({ type: "aws:sqs/queue:Queue" }).kind).toBe("stranger");
  });

  it("none of a provider that the stack has not", () => {
    expect(mutants.filter((m) => m.type.startsWith("vercel:"))).toEqual([]);
  });
});

describe("of many places of one path some stand for all:", () => {
  const key = "x".repeat(8);
  const monitors = (owner: string, values: readonly string[]) =>
    values.map((value, i) =>
      declared(
        "test:index:Thing",
        { value },
        { name: `${owner}-${i}`, urn: `urn:pulumi:prod::readiness::${owner}$test:index:Thing::${i}` },
      ),
    );
  const places = (registrations: readonly Registration[]) =>
    generate(registrations, sdk)
      .filter((m) => m.path === "value" && m.operator === "deleted")
      .map((m) => m.before?.props["value"]);

  it("some of each owner, however many another has", () => {
    const many = monitors(
      "Many",
      Array.from({ length: 90 }, (_, i) => `many ${i}`),
    );
    const found = places([...many, ...monitors("Few", ["few 0", "few 1"])]);
    expect(found).toHaveLength(8);
    expect(found).toEqual(expect.arrayContaining(["few 0", "few 1", "many 0"]));
  });

  it("each value before one that was there", () => {
    const alike = Array.from({ length: 20 }, () => key);
    expect(new Set(places(monitors("Many", [...alike, "other"])))).toEqual(new Set([key, "other"]));
  });
});
