import { describe, expect, it } from "vitest";
import { admitted } from "../../../policies/effects/iam-principal.ts";
import { readDocument } from "../../../policies/effects/iam-statement.ts";
import { resourceOf, unknown } from "../support/stack.ts";

const whom = (statement: object) => {
  const { props } = resourceOf("aws:kms/key:Key", {
    policy: { Statement: { Effect: "Allow", ...statement } },
  });
  return readDocument(props["policy"]).flatMap(admitted);
};
const everybody = [{ who: "everybody" }];
const account = [{ who: "accounts", accounts: ["123456789012"] }];

describe("without conditions", () => {
  it.each<[string, object, object[]]>([
    ["anonymous users", { Principal: "*" }, everybody],
    ["every account", { Principal: { AWS: ["*"] } }, everybody],
    ["all but one", { NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }, everybody],
    ["an account by its number", { Principal: { AWS: "123456789012" } }, account],
    ["an account by its root", { Principal: { AWS: "arn:aws:iam::123456789012:root" } }, account],
    ["a role", { Principal: { AWS: "arn:aws:iam::123456789012:role/x" } }, account],
    ["a session", { Principal: { AWS: "arn:aws:sts::123456789012:assumed-role/x/y" } }, account],
    ["a role that is yet to be made", { Principal: { AWS: unknown } }, [{ who: "reference" }]],
    [
      "a service",
      { Principal: { Service: "sns.amazonaws.com" } },
      [{ who: "service-for-anybody", name: "sns.amazonaws.com" }],
    ],
    ["an old identity", { Principal: { CanonicalUser: "79a5" } }, [{ who: "unclear", name: "79a5" }]],
    [
      "an identity provider",
      { Principal: { Federated: "accounts.google.com" } },
      [{ who: "federated", provider: "accounts.google.com" }],
    ],
    ["two at once", { Principal: { AWS: ["123456789012", "*"] } }, [...account, ...everybody]],
  ])("lets in %s", (_, statement, expected) => {
    expect(whom(statement)).toEqual(expected);
  });
});

describe("a condition narrows everybody", () => {
  it.each<[string, object, object[]]>([
    ["to an account", { StringEquals: { "aws:PrincipalAccount": "123456789012" } }, account],
    [
      "to an account that is not known yet",
      { StringEquals: { "aws:SourceAccount": unknown } },
      [{ who: "accounts", accounts: [] }],
    ],
    ["to a role", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/ci-*" } }, account],
    [
      "to one bucket",
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::portal-files" } },
      [{ who: "accounts", accounts: [] }],
    ],
    [
      "to an organization",
      { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
      [{ who: "accounts", accounts: [] }],
    ],
    [
      "to a log group",
      {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:123456789012:log-group:a" },
      },
      account,
    ],
    [
      "to nobody less, where it may be missing",
      { StringEqualsIfExists: { "aws:PrincipalAccount": "123456789012" } },
      everybody,
    ],
    [
      "to nobody less, for all of no values",
      { "ForAllValues:StringEquals": { "aws:PrincipalOrgPaths": "o-a1/r-b2" } },
      everybody,
    ],
    ["to all but one", { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } }, everybody],
    ["to roles of any account", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci" } }, everybody],
    ["to any organization", { StringLike: { "aws:PrincipalOrgID": "*" } }, everybody],
    ["to one account or any", { StringLike: { "aws:PrincipalAccount": ["123456789012", "*"] } }, everybody],
    [
      "to an agent that anybody may call themselves",
      { StringEquals: { "aws:UserAgent": "portal" } },
      everybody,
    ],
  ])("%s", (_, Condition, expected) => {
    expect(whom({ Principal: "*", Condition })).toEqual(expected);
  });

  it("and a service to whom it asks for", () => {
    const Condition = { StringEquals: { "AWS:SourceAccount": "123456789012" } };
    expect(whom({ Principal: { Service: "backup.amazonaws.com" }, Condition })).toEqual([
      { who: "service", name: "backup.amazonaws.com", accounts: ["123456789012"] },
    ]);
  });
});
