import { expect, it } from "vitest";
import { isRefused } from "../../../policies/effects/iam-refusal.ts";
import { readDocument } from "../../../policies/effects/iam-statement.ts";

const root = "arn:aws:iam::123456789012:root";
const own = { Effect: "Allow", Principal: { AWS: root }, Action: "kms:*", Resource: "*" };
const denial = (more: object) => ({
  Effect: "Deny",
  Principal: "*",
  Action: "kms:*",
  Resource: "*",
  ...more,
});
const service = { service: "logs.eu-central-1.amazonaws.com" };

it.each<[string, object, boolean | undefined, boolean | undefined]>([
  ["everybody", {}, true, true],
  ["everybody another action", { Action: "kms:ScheduleKeyDeletion" }, false, false],
  ["everybody all but another action", { NotAction: "kms:DescribeKey", Action: undefined }, true, true],
  ["the account", { Principal: { AWS: "123456789012" } }, true, false],
  ["one role", { Principal: { AWS: "arn:aws:iam::123456789012:role/x" } }, undefined, false],
  ["the service", { Principal: { Service: service.service } }, false, true],
  ["all but the service", { Principal: undefined, NotPrincipal: { Service: service.service } }, true, false],
  [
    "other accounts",
    { Condition: { StringNotEquals: { "kms:CallerAccount": "123456789012" } } },
    false,
    undefined,
  ],
  [
    "this account",
    { Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } },
    true,
    undefined,
  ],
  ["plain HTTP", { Condition: { Bool: { "aws:SecureTransport": "false" } } }, false, false],
  ["grants to people", { Condition: { Bool: { "kms:GrantIsForAWSResource": "false" } } }, false, false],
  [
    "whoever has no second factor",
    { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } },
    true,
    true,
  ],
  [
    "whoever is not a tagged role",
    { Condition: { StringNotEquals: { "aws:PrincipalTag/team": "portal" } } },
    undefined,
    undefined,
  ],
  ["all but one role", { Condition: { ArnNotEquals: { "aws:PrincipalArn": root } } }, undefined, true],
])("a denial to %s", (_, more, account, logs) => {
  const statements = readDocument({ Statement: [own, JSON.parse(JSON.stringify(denial(more)))] });
  const ask = { action: "kms:Decrypt", resource: "*" };
  expect(isRefused(statements, "account", ask)).toBe(account);
  expect(isRefused(statements, service, ask)).toBe(logs);
});

it("a role's own policy is about the role", () => {
  const statements = readDocument({ Statement: [{ Effect: "Deny", Action: "rds:Copy*", Resource: "*" }] });
  expect(isRefused(statements, "account", { action: "rds:CopyDBSnapshot" })).toBe(true);
  expect(isRefused(statements, "account", { action: "rds:CreateDBSnapshot" })).toBe(false);
});
