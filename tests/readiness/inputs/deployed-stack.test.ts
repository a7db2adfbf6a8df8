import { describe, expect, it } from "vitest";
import { type Finding, messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { present } from "../../../policies/expect.ts";
import type { Resource } from "../../../policies/resource.ts";
import { resourceType, type Stack } from "../../../policies/resource.ts";
import { resourceRule } from "../../../policies/rule.ts";
import { rules } from "../../../policies/rules.ts";
import { toStack } from "../../../readiness/engine/registration.ts";
import { deployed, type Expected } from "../../../readiness/inputs/deployed-stack.ts";
import { parseState } from "../../../readiness/inputs/state-file.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";
import {
  canary,
  deployedResource,
  deployedStacks,
  exported,
  exportOf,
  type Json,
  referenceTo,
  secretOf,
  undecidable,
  urnOf,
} from "../exports.ts";

const instance = "aws:rds/instance:Instance";
const key = "aws:kms/key:Key";
const anyStack: Expected = { project: "readiness", stack: undefined };

function read(state: Json, expected: Expected = anyStack): Stack {
  return deployed(parseState("state.json", JSON.stringify(state)), "state.json", expected);
}

function stackOf(...resources: readonly Json[]): Stack {
  return read(exported(resources));
}

function only(stack: Stack): Resource {
  const [resource, ...others] = stack.resources;
  if (!resource || others.length > 0) throw new Error("expected one resource");
  return resource;
}

describe("a deployed stack", () => {
  it("has the name and the resources that its URNs say", () => {
    const { name, resources } = stackOf(deployedResource(instance, "portal-db", { port: 5432 }));
    expect(name).toBe("prod");
    expect(resources).toMatchObject([
      { name: "portal-db", type: instance, props: { port: 5432 }, protect: false, source: undefined },
    ]);
  });

  it("keeps what a name has of `::`", () => {
    expect(only(stackOf(deployedResource(instance, "a::b"))).name).toBe("a::b");
  });

  it("links a resource with its parent, provider and dependencies", () => {
    const provider = deployedResource("pulumi:providers:aws", "home", { region: "eu-central-1" });
    const owner = deployedResource(key, "key");
    const parent = deployedResource("readiness:index:Database", "portal-db", {}, { custom: false });
    const links = {
      parent: parent["urn"],
      provider: `${provider["urn"]}::0d9c-id`,
      dependencies: [owner["urn"], urnOf(key, "gone")],
      propertyDependencies: { kmsKeyId: [owner["urn"]], port: [] },
      protect: true,
      additionalSecretOutputs: ["password"],
    };
    const stack = stackOf(
      deployedResource(instance, "db", { kmsKeyId: "arn" }, links),
      owner,
      parent,
      provider,
    );
    const [db] = stack.ofType(resourceType(instance));
    expect(db?.parent?.name).toBe("portal-db");
    expect(db?.provider).toMatchObject({ name: "home", props: { region: "eu-central-1" } });
    expect(db?.dependencies.map((r) => r.name)).toEqual(["key"]);
    expect(db?.propertyDependencies["kmsKeyId"]?.map((r) => r.name)).toEqual(["key"]);
    expect(db).toMatchObject({ protect: true, additionalSecretOutputs: ["password"] });
  });

  it("is read alike in whatever order its resources were created", () => {
    const all = ["c", "a", "b"].map((name) => deployedResource(instance, name));
    const names = (stack: Stack) => stack.resources.map((r) => r.name);
    expect(names(stackOf(...all))).toEqual(["a", "b", "c"]);
    expect(names(stackOf(...all.toReversed()))).toEqual(["a", "b", "c"]);
  });

  it("shows no notes that providers keep among the inputs", () => {
    const inputs = { tags: { owner: "x", __defaults: [] }, __defaults: ["port"], __internal: {} };
    expect(only(stackOf(deployedResource(instance, "db", inputs))).props).toEqual({ tags: { owner: "x" } });
  });

  it("shows a resource that is an input by its id, a component by its URN", () => {
    const inputs = { a: referenceTo("urn-a", "id-a"), b: referenceTo("urn-b", ""), c: referenceTo("urn-c") };
    expect(only(stackOf(deployedResource(instance, "db", inputs))).props).toEqual({
      a: "id-a",
      b: "urn-b",
      c: "urn-c",
    });
  });

  it("keeps a property named __proto__ a property", () => {
    const state = JSON.stringify(exported([deployedResource(instance, "db", { tags: { x: 1 } })]));
    const stack = deployed(parseState("-", state.replaceAll('"x":', '"__proto__":')), "-", anyStack);
    expect(Object.keys(only(stack).props["tags"] ?? {})).toEqual(["__proto__"]);
  });

  it.each<[string, Json]>([
    ["replaced, and waiting to be deleted", { delete: true }],
    ["managed elsewhere", { external: true }],
    ["a picture of another's part", { viewOf: urnOf(instance, "db") }],
  ])("leaves out a resource that is %s", (_, more) => {
    const stack = stackOf(
      deployedResource(instance, "db", { port: 1 }),
      deployedResource(instance, "db", {}, more),
    );
    expect(only(stack).props).toEqual({ port: 1 });
  });
});

describe("what was filled in", () => {
  it("by the provider is read, and not among what is declared", () => {
    const inputs = {
      port: 1,
      flag: false,
      tags: { a: "x", b: "y", __defaults: ["b"] },
      __defaults: ["flag"],
    };
    const { props } = only(stackOf(deployedResource(instance, "db", inputs)));
    expect([Object.keys(props), props["flag"]]).toEqual([["port", "tags"], false]);
    expect([Object.keys(props["tags"] ?? {}), props["tags"]]).toEqual([["a"], { a: "x" }]);
  });

  it("by the vendor is read where it is a switch, and not among what is declared", () => {
    const outputs = { publiclyAccessible: true, port: 2, engine: "x" };
    const { props } = only(stackOf(deployedResource(instance, "db", { port: 1 }, { outputs })));
    expect([props, props["publiclyAccessible"], props["engine"]]).toEqual([{ port: 1 }, true, undefined]);
  });
});

describe("a secret", () => {
  const needsPassword = resourceRule({
    id: "has-password",
    item: "DB-07",
    type: resourceType<{ password?: string; users?: readonly { password?: string }[] }>(instance),
    check: ({ props }) => present(props, "users.1.password") ?? present(props, "password"),
  });

  it("that is encrypted makes a rule undecided, and shows nowhere", () => {
    const inputs = { port: 5432, password: secretOf({ ciphertext: canary }) };
    const stack = stackOf(deployedResource(instance, "portal-db", { ...inputs, users: [{}, inputs] }));
    const [finding] = evaluate([needsPassword], stack);
    expect(finding).toMatchObject({
      outcome: "unknown",
      subject: "portal-db",
      observed:
        "users.1.password is a secret of portal-db, which the export does not show (pulumi stack export --show-secrets)",
    });
    expect(only(stack).props["port"]).toBe(5432);
    expect(() => JSON.stringify(only(stack).props)).toThrow("password is closed");
  });

  it("that the export shows is read by rules, with the secrets inside it", () => {
    const users = secretOf({ plaintext: JSON.stringify([{}, { password: secretOf({ plaintext: '"x"' }) }]) });
    const stack = stackOf(deployedResource(instance, "portal-db", { users, password: "y" }));
    expect(evaluate([needsPassword], stack)).toMatchObject([{ outcome: "pass" }]);
  });

  it("leaves its neighbours to be read", () => {
    const list = ["a", secretOf({ ciphertext: canary }), "c"];
    const { props } = only(stackOf(deployedResource(instance, "db", { list })));
    const read = props["list"] as readonly unknown[];
    expect([read.length, read[0], read[2]]).toEqual([3, "a", "c"]);
    expect(() => read[1]).toThrow("list.1 is closed");
  });

  it("may be a file or anything else that is not plain: all stay closed", () => {
    const file = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: canary };
    const { props } = only(stackOf(deployedResource(instance, "db", { file })));
    expect(() => props["file"]).toThrow("file is closed");
  });
});

describe("a state of something else", () => {
  const staging = deployedResource(instance, "db", {}, { urn: urnOf(instance, "db", "staging") });
  const db = deployedResource(instance, "db");

  it.each<[string, readonly Json[], Partial<Expected>, string]>([
    [
      "project",
      [db],
      { project: "shop" },
      'is the state of the project "readiness", must be "shop" as in Pulumi.yaml',
    ],
    [
      "stack",
      [db],
      { stack: "staging" },
      'is the state of the stack "prod", must be "staging" as --stack says',
    ],
    ["two stacks", [db, staging], {}, "is the state of two stacks, urn:pulumi:prod::readiness and"],
    ["no stack", [], {}, "is the state of a stack without resources, and so without a name"],
    ["twins", [db, db], {}, `has two resources ${urnOf(instance, "db")}`],
  ])("is refused: %s", (_, resources, expected, message) => {
    expect(() => read(exported(resources), { ...anyStack, ...expected })).toThrow(
      `--state state.json ${message}`,
    );
  });

  it("has nothing, if its stack is named", () => {
    const stack = read(exported([]), { ...anyStack, stack: "prod" });
    expect([stack.name, stack.resources]).toEqual(["prod", []]);
  });
});

describe.each(["staging", "prod"] as const)("%s deployed as it is declared", (name) => {
  const declared = evaluate(rules, toStack(name, fixtureStacks[name], []));
  const judged = evaluate(rules, read(exportOf(deployedStacks[name])));
  const sentence = (f: Finding) => `${f.by} ${f.urn} ${f.outcome} ${messageOf(f, "prod")}`;

  it("gives the same findings, but for what secrets hide", () => {
    const told = new Set(declared.map(sentence));
    const different = judged.filter((f) => !told.has(sentence(f)));
    expect(judged).toHaveLength(declared.length);
    expect(different.filter((f) => !messageOf(f, "prod").includes("which the export does not show"))).toEqual(
      [],
    );
    expect(different.map((f) => f.by).toSorted()).toEqual(undecidable);
  });

  it("shows no secret in any finding", () => {
    expect(JSON.stringify(judged)).not.toContain(canary);
  });
});
