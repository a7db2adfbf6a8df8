import { describe, expect, it } from "vitest";
import { stranger } from "../../../policies/effects/iam-condition.ts";
import { type Ask, isAllowed, isDenied, mayAllow } from "../../../policies/effects/iam-decision.ts";
import { readDocument } from "../../../policies/effects/iam-statement.ts";
import { resourceOf, unknown } from "../support/stack.ts";

const allow = (Action: unknown, more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const deny = (Action: unknown, more: object = {}) => ({ ...allow(Action, more), Effect: "Deny" });
/** As a rule reads them: what is not known yet throws. */
const read = (...Statement: object[]) => {
  const { props } = resourceOf("aws:iam/policy:Policy", { policy: { Version: "2012-10-17", Statement } });
  return readDocument(props["policy"]);
};
const all = allow("*");
const queues: Ask = { action: "sqs:*", context: { "aws:requestedregion": "eu-west-1" } };
const makeRole: Ask = { action: "iam:CreateRole", resource: "arn:aws:iam::*:role/portal-db" };
const inRegion = (operator: string, ...regions: string[]) => ({
  Condition: { [operator]: { "aws:RequestedRegion": regions } },
});

it("reads a document that is written as JSON, with one statement", () => {
  expect(isAllowed(readDocument(JSON.stringify({ Statement: all })), queues)).toBe(true);
  expect(readDocument(undefined)).toEqual([]);
});

describe("an action is allowed for certain", () => {
  it.each<[string, object[], Ask, boolean]>([
    ["where nothing is said", [], queues, false],
    ["with its service", [allow(["sns:*", "sqs:*"])], queues, true],
    ["whatever the case of its letters", [allow("IAM:createrole")], makeRole, true],
    ["where only a part of it is allowed", [allow("sqs:Create*")], queues, false],
    ["where a part of it is denied", [all, deny("*:Delete*")], queues, false],
    ["where something else is denied", [all, deny("sns:*")], queues, true],
    [
      "where everything but something else is denied",
      [all, deny(undefined, { NotAction: "iam:*" })],
      queues,
      false,
    ],
    ["where everything but it is denied", [all, deny(undefined, { NotAction: ["sqs:*"] })], queues, true],
    ["where it alone is not allowed", [allow(undefined, { NotAction: "sqs:*" })], queues, false],
    [
      "on resources of its name",
      [allow("iam:*", { Resource: "arn:aws:iam::*:role/portal-*" })],
      makeRole,
      true,
    ],
    ["on others", [allow("iam:*", { Resource: "arn:aws:iam::*:role/shop-*" })], makeRole, false],
    [
      "on all but others",
      [allow("iam:*", { Resource: undefined, NotResource: "arn:aws:iam::*:role/shop-*" })],
      makeRole,
      true,
    ],
    ["on a resource that is not known yet", [allow("iam:*", { Resource: unknown })], makeRole, false],
    ["in its region", [allow("*", inRegion("StringEquals", "eu-west-1"))], queues, true],
    ["in others", [allow("*", inRegion("StringEquals", "us-east-1"))], queues, false],
    ["in a region that is not known yet", [allow("*", inRegion("StringEquals", unknown))], queues, false],
    [
      "on a condition of which nothing is told",
      [allow("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
      queues,
      false,
    ],
    ["where others are denied it", [all, deny("*", inRegion("StringNotEquals", "eu-west-1"))], queues, true],
  ])("%s", (_, statements, ask, expected) => {
    expect(isAllowed(read(...statements), ask)).toBe(expected);
  });
});

describe("a denial holds for certain", () => {
  const everywhere: Ask = { action: "iam:DeleteRolePermissionsBoundary" };
  const boundary = "iam:DeleteRolePermissionsBoundary";

  it.each<[string, object, boolean]>([
    ["of everything", deny(boundary), true],
    ["of more than is asked", deny("iam:*"), true],
    ["of one resource", deny(boundary, { Resource: "arn:aws:iam::*:role/portal-db" }), false],
    ["of a resource that is not known yet", deny(boundary, { Resource: unknown }), false],
    [
      "of everything but one resource",
      deny(boundary, { Resource: undefined, NotResource: "arn:aws:iam::*:role/x" }),
      false,
    ],
    ["on a condition", deny(boundary, { Condition: { StringEquals: { "aws:PrincipalTag/a": "b" } } }), false],
    ["to everybody", deny(boundary, { Principal: "*" }), true],
    ["to every account", deny(boundary, { Principal: { AWS: "*" } }), true],
    ["to one principal", deny(boundary, { Principal: { AWS: "arn:aws:iam::123456789012:role/x" } }), false],
    [
      "to everybody but one",
      deny(boundary, { NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/x" } }),
      false,
    ],
    ["of all that is not listed", deny(undefined, { NotAction: "iam:Get*" }), true],
    ["of all but this", deny(undefined, { NotAction: "iam:Delete*" }), false],
  ])("%s: %s", (_, statement, expected) => {
    expect(isDenied(read(statement), everywhere)).toBe(expected);
    expect(mayAllow(read(all, statement), everywhere)).toHaveLength(expected ? 0 : 1);
  });

  // S3 User Guide, "Example 1: requiring HTTPS": the key says whether a request came encrypted.
  it.each<[string, object, boolean]>([
    ["Bool false", { Bool: { "aws:SecureTransport": "false" } }, true],
    ["a truth value", { Bool: { "aws:SecureTransport": false } }, true],
    ["BoolIfExists", { BoolIfExists: { "aws:SecureTransport": "false" } }, true],
    ["Bool true", { Bool: { "aws:SecureTransport": "true" } }, false],
    [
      "a second condition",
      { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:PrincipalTag/a": "b" } },
      false,
    ],
    ["Null", { Null: { "aws:SecureTransport": "true" } }, false],
  ])("of plain HTTP with %s: %s", (_, Condition, expected) => {
    const plain: Ask = { action: "s3:*", context: { "aws:securetransport": "false" } };
    expect(isDenied(read(deny("s3:*", { Principal: "*", Condition })), plain)).toBe(expected);
  });

  it.each<[string, object, boolean]>([
    [
      "but its roles",
      { ArnNotEquals: { "aws:PrincipalArn": [unknown, "arn:aws:iam::123456789012:role/ci"] } },
      true,
    ],
    ["but every role", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }, false],
    ["of its roles", { ArnEquals: { "aws:PrincipalArn": unknown } }, false],
    ["but an account", { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } }, false],
  ])("to all %s: %s", (_, Condition, expected) => {
    const others: Ask = { action: "s3:PutObject", context: { "aws:principalarn": stranger("role") } };
    expect(isDenied(read(deny("s3:PutObject", { Principal: "*", Condition })), others)).toBe(expected);
  });

  it("of a resource that will be the one asked about, where the asker says so", () => {
    const ask: Ask = { action: "s3:DeleteObject", resource: "/*" };
    const statements = read(deny("s3:DeleteObject", { Resource: unknown }));
    expect(isDenied(statements, ask)).toBe(false);
    expect(isDenied(statements, { ...ask, trusting: true })).toBe(true);
  });
});

describe("a missing key", () => {
  const ask: Ask = { action: "s3:PutObject", context: { "s3:x-amz-acl": null } };
  it.each([
    ["StringEquals", false],
    ["StringNotEquals", true],
    ["StringEqualsIfExists", true],
    ["ForAllValues:StringEquals", true],
    ["ForAnyValue:StringEquals", false],
  ])("meets %s: %s", (operator, expected) => {
    expect(
      isAllowed(read(allow("s3:*", { Condition: { [operator]: { "s3:x-amz-acl": "private" } } })), ask),
    ).toBe(expected);
  });

  it.each([
    ["true", true],
    ["false", false],
  ])("is Null %s: %s", (value, expected) => {
    expect(isAllowed(read(allow("s3:*", { Condition: { Null: { "s3:x-amz-acl": value } } })), ask)).toBe(
      expected,
    );
  });
});
