import { describe, expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { deployed } from "../../../readiness/inputs/deployed-stack.ts";
import { parseState } from "../../../readiness/inputs/state-file.ts";
import { canary, deployedResource, exported, type Json, secretOf, urnOf } from "../exports.ts";

const instance = "aws:rds/instance:Instance";
const settled = rules.filter(({ id }) => id === "deployment-settled");

/** What is said of a state that it cannot be taken at its word, as outcome and message without the remedy. */
function said(state: Json, file = "state.json"): readonly string[] {
  const stack = deployed(parseState(file, JSON.stringify(state)), file, {
    project: "readiness",
    stack: "prod",
  });
  return evaluate(settled, stack).map(
    (f) => `${f.outcome} ${messageOf(f, "prod").replace(/ \(GOV-13\).*/s, "")}`,
  );
}

const saidOf = (...resources: readonly Json[]) => said(exported(resources));
const db = (more: Json = {}, inputs: Json = {}) => deployedResource(instance, "db", inputs, more);

it("nothing is said of a state after an update that went well", () => {
  const provider = deployedResource("pulumi:providers:aws", "aws", { version: "7" });
  const component = deployedResource("readiness:index:Database", "db", {}, { custom: false, id: "" });
  const view = deployedResource(instance, "part", {}, { viewOf: urnOf(instance, "db"), delete: true });
  const other = deployedResource("pulumi:pulumi:StackReference", "network", {}, { external: true });
  expect(saidOf(db(), provider, component, view, other)).toEqual(["pass "]);
});

it.each<[string, Json, string]>([
  [
    "is to be deleted",
    { delete: true },
    `fail prod: db (${instance}) was replaced and is still there, must be deleted`,
  ],
  [
    "was deleted to be replaced",
    { pendingReplacement: true },
    `fail prod: db (${instance}) was deleted to be replaced, must be created again`,
  ],
  [
    "is managed elsewhere",
    { external: true },
    `unknown prod: db (${instance}) is managed elsewhere, and judged by nobody here (pulumi import)`,
  ],
  [
    "is a part of what is not there",
    { viewOf: urnOf(instance, "other") },
    `unknown prod: db (${instance}) is managed elsewhere, and judged by nobody here (pulumi import)`,
  ],
  [
    "is to be deleted, and called a component",
    { delete: true, custom: false },
    `fail prod: db (${instance}) was replaced and is still there, must be deleted`,
  ],
  ["has no id", { id: "" }, "unknown db: without an id nothing tells that it exists (pulumi refresh)"],
  [
    "has an id yet to come",
    { id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
    "unknown db: without an id nothing tells that it exists (pulumi refresh)",
  ],
  [
    "is called a component",
    { custom: false },
    "unknown db: its state names it a component, which no provider has made (pulumi refresh)",
  ],
  [
    "ended in an error",
    { initErrors: [canary] },
    "fail db: its last creation or update ended in an error, must be completed",
  ],
  ["is tainted", { taint: true }, "fail db: it is marked as tainted, must be replaced, or marked so no more"],
])("a resource that %s is told of", (_, more, message) => {
  expect(saidOf(db(more))).toEqual([message]);
});

it("what is wrong of many is said once, of few for each", () => {
  const some = (count: number) =>
    Array.from({ length: count }, (_, i) => deployedResource(instance, `db-${i}`, {}, { id: "" }));
  expect(saidOf(...some(21))).toEqual([
    "unknown prod: of 21 resources (db-0, db-1, db-10 and 18 more): without an id nothing tells that it exists (pulumi refresh)",
  ]);
  expect(saidOf(...some(4))).toHaveLength(4);
});

it.each<[string, Json, string]>([
  [
    "an update was cut off",
    { pending_operations: [{ type: "creating", resource: db({}, { password: canary }) }] },
    `unknown prod: an update was cut off while creating db (${instance}) (npm run recover)`,
  ],
  [
    "Pulumi found it unsound",
    { metadata: { integrity_error: { error: canary } } },
    "unknown prod: Pulumi wrote the state although it was not sound (pulumi state repair)",
  ],
])("a state is told of where %s", (_, more, message) => {
  expect(said(exported([], more))).toEqual([message]);
});

it("a backend's copy of the state before is told of, by its name", () => {
  expect(said(exported([db()]), "prod.json.bak")).toEqual([
    "unknown prod: the file is a copy from before the last update",
  ]);
});

it("a feature that is not known is told of", () => {
  const using = (features: readonly string[]) => said({ ...exported([db()]), version: 4, features });
  expect(using(["taint", "views"])).toEqual(["pass "]);
  expect(using(["x"])).toEqual(["unknown prod: the state makes use of x, which is not known here"]);
});

describe("inputs that are not what the vendor tells", () => {
  const arn = (id: string, kind = "key") => `arn:aws:kms:eu-central-1:123456789012:${kind}/${id}`;
  const compared = (inputs: Json, outputs: Json) => saidOf(db({ outputs }, inputs));
  const differ = (what: string) => [`unknown db: ${what} (npm run drift)`];

  it.each<[string, Json, Json, string]>([
    ["a flag", { a: false }, { a: true }, "a is false by its inputs and true by its vendor's word"],
    ["a number", { a: 35 }, { a: 1 }, "a is 35 by its inputs and 1 by its vendor's word"],
    [
      "a flag further in",
      { a: { b: true } },
      { a: { b: false } },
      "a.b is true by its inputs and false by its vendor's word",
    ],
    [
      "a flag of an only entry",
      { a: [{ b: true }] },
      { a: [{ b: false }] },
      "a.0.b is true by its inputs and false by its vendor's word",
    ],
    ["another id", { a: "sg-0a1b2c3d" }, { a: "sg-0d4e5f6a" }, "a is not what its vendor tells"],
    ["another ARN", { a: arn("1") }, { a: arn("2") }, "a is not what its vendor tells"],
    ["an id taken away", { a: arn("1") }, { a: "" }, "a is not what its vendor tells"],
    ["an entry more", { a: ["x"] }, { a: ["x", "y"] }, "a lacks entries that its vendor tells"],
    ["an object more", { a: [] }, { a: [{ b: 1 }] }, "a lacks entries that its vendor tells"],
    [
      "another range",
      { a: ["10.0.0.0/16", "10.1.0.0/16"] },
      { a: ["10.0.0.0/16", "0.0.0.0/0"] },
      "a is not what its vendor tells",
    ],
    [
      "an id fewer",
      { a: ["sg-0a1b2c3d", "sg-0d4e5f6a"] },
      { a: ["sg-0d4e5f6a"] },
      "a is not what its vendor tells",
    ],
  ])("are told of: %s", (_, inputs, outputs, what) => {
    expect(compared(inputs, outputs)).toEqual(differ(what));
  });

  it.each<[string, Json, Json]>([
    ["a list in another order", { a: ["sg-0a1b2c3d", "sg-0d4e5f6a"] }, { a: ["sg-0d4e5f6a", "sg-0a1b2c3d"] }],
    [
      "a text as a vendor writes it",
      { a: "example.com", b: '{"x":1}' },
      { a: "example.com.", b: '{ "x": 1 }' },
    ],
    ["an alias for a key", { a: arn("x", "alias") }, { a: arn("1") }],
    ["an id in capitals", { a: "sg-0A1B2C3D" }, { a: "sg-0a1b2c3d" }],
    ["a number as a text", { a: 1 }, { a: "1" }],
    ["what the vendor raises by itself", { allocatedStorage: 100 }, { allocatedStorage: 120 }],
    ["what the vendor does not give back", { a: true, b: ["x"] }, { c: 1 }],
    ["a provider's tags for everything", { tags: ["a:b"] }, { tags: ["a:b", "c:d"] }],
    ["secrets", { a: secretOf({ ciphertext: "x" }) }, { a: secretOf({ ciphertext: "y" }) }],
    ["what a provider notes", { __internal: { x: 1 } }, { __internal: { x: 2 } }],
  ])("are not told of where they are: %s", (_, inputs, outputs) => {
    expect(compared(inputs, outputs)).toEqual(["pass "]);
  });

  it("show no text", () => {
    expect(compared({ a: [canary] }, { a: [canary, canary] }).join()).not.toContain(canary);
  });
});
