import { describe, expect, it } from "vitest";
import { decide, type Request } from "../../policies/permissions.ts";
import type { PolicyStatement } from "../../policies/policy-document.ts";

const allow = (Action: string | readonly string[], more: PolicyStatement = {}): PolicyStatement => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});
const deny = (Action: string | readonly string[], more: PolicyStatement = {}): PolicyStatement => ({
  ...allow(Action, more),
  Effect: "Deny",
});
const denyBut = (NotAction: string | readonly string[]): PolicyStatement => ({
  Effect: "Deny",
  NotAction,
  Resource: "*",
});
const all = allow("*");
const queues: Request = { action: "sqs:*", region: "eu-west-1" };
const makeRole: Request = { action: "iam:CreateRole", region: "us-east-1", name: "portal-db" };
const roles = (name: string) => ({ Resource: `arn:aws:iam::*:role/${name}` });
const inRegion = (operator: string, ...regions: string[]) => ({
  Condition: { [operator]: { "aws:RequestedRegion": regions } },
});

describe("an action", () => {
  it.each<[string, PolicyStatement[], Request, string]>([
    ["is missing where nothing is said", [], queues, "missing"],
    ["is allowed with its service", [allow(["sns:*", "sqs:*"])], queues, "allowed"],
    ["is allowed whatever the case of its letters", [allow("IAM:createrole")], makeRole, "allowed"],
    ["is missing where only a part of it is allowed", [allow("sqs:Create*")], queues, "missing"],
    ["is missing where another service is allowed", [allow("sns:*")], queues, "missing"],
    ["is denied where a part of it is", [all, deny("*:Delete*")], queues, "denied"],
    ["is allowed where something else is denied", [all, deny("sns:*")], queues, "allowed"],
    ["is denied with everything but something else", [all, denyBut("iam:*")], queues, "denied"],
    ["is allowed where everything but it is denied", [all, denyBut(["sqs:*"])], queues, "allowed"],
    ["is denied where everything but a part of it is", [all, denyBut("sqs:Get*")], queues, "denied"],
  ])("%s", (_, statements, request, decision) => {
    expect(decide(statements, request)).toBe(decision);
  });
});

describe("a statement about some resources", () => {
  it.each<[string, PolicyStatement[], Request, string]>([
    ["allows those of this name", [allow("iam:*", roles("portal-*"))], makeRole, "allowed"],
    ["allows no others", [allow("iam:*", roles("shop-*"))], makeRole, "missing"],
    ["denies those of this name", [all, deny("iam:*", roles("*-db"))], makeRole, "denied"],
    ["denies no others", [all, deny("iam:*", roles("shop-*"))], makeRole, "allowed"],
    [
      "allows nothing where no name is known",
      [allow("*", { Resource: "arn:aws:sqs:*:*:*" })],
      queues,
      "missing",
    ],
    ["denies where no name is known", [all, deny("*", { Resource: "arn:aws:sqs:*:*:a" })], queues, "denied"],
    [
      "says nothing of other services",
      [all, deny("*", { Resource: "arn:aws:s3:::bucket" })],
      queues,
      "allowed",
    ],
    ["denies what it does not name", [all, { Effect: "Deny", Action: "*" }], queues, "denied"],
  ])("%s", (_, statements, request, decision) => {
    expect(decide(statements, request)).toBe(decision);
  });
});

describe("a condition", () => {
  it.each<[string, PolicyStatement[], string]>([
    ["allows the regions that it names", [allow("*", inRegion("StringEquals", "eu-west-1"))], "allowed"],
    ["allows no other region", [allow("*", inRegion("StringEquals", "us-east-1"))], "missing"],
    [
      "denies all regions but those",
      [all, deny("*", inRegion("StringNotEquals", "us-east-1", "us-west-2"))],
      "denied",
    ],
    ["lets those be", [all, deny("*", inRegion("StringNotEquals", "eu-west-1"))], "allowed"],
    [
      "allows nothing where it is not understood",
      [allow("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
      "missing",
    ],
    [
      "denies where it is not understood",
      [all, deny("*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } })],
      "denied",
    ],
  ])("%s", (_, statements, decision) => {
    expect(decide(statements, queues)).toBe(decision);
  });
});
