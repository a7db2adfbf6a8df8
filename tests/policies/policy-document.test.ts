import { describe, expect, it } from "vitest";
import {
  listed,
  literalResources,
  type PolicyStatement,
  statementsOf,
} from "../../policies/policy-document.ts";
import { resourceOf, unknown } from "./support/stack.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

it.each([
  ["an object", { Statement: [statement] }, [statement]],
  ["JSON", JSON.stringify({ Statement: [statement, statement] }), [statement, statement]],
  ["a single statement", { Statement: statement }, [statement]],
  ["without statements", {}, []],
  ["that is not there", undefined, []],
])("reads the statements of a document: %s", (_title, document, expected) => {
  expect(statementsOf(document)).toEqual(expected);
});

it.each([
  [undefined, []],
  ["a", ["a"]],
  [
    ["a", "b"],
    ["a", "b"],
  ],
])("lists %j as %j", (value, expected) => {
  expect(listed(value)).toEqual(expected);
});

describe("the resources that a statement spells out", () => {
  /** As a rule sees it: reading what is not known yet throws. */
  const seen = (Resource: unknown) =>
    (resourceOf("test:index:Policy", { policy: { Resource } }).props["policy"] ?? {}) as PolicyStatement;

  it.each([
    ["one alone", "arn:aws:s3:::files/*", ["arn:aws:s3:::files/*"]],
    ["each of a list", ["a", "*"], ["a", "*"]],
    ["those of a list that are known", [unknown, "*"], ["*"]],
    ["none that is not known", unknown, []],
    ["none where there is none", undefined, []],
  ])("are %s", (_title, resources, expected) => {
    expect(literalResources(seen(resources))).toEqual(expected);
  });

  it("do not hide another error", () => {
    const broken = {
      get Resource(): string {
        throw new TypeError("oops");
      },
    };
    expect(() => literalResources(broken)).toThrow("oops");
  });
});
