import { describe, expect, it } from "vitest";
import { statementChanges } from "../../../readiness/mutate/statements.ts";

const changes = (statement: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(statementChanges(statement));

describe("a statement that allows", () => {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "backup.amazonaws.com" },
    Action: ["kms:Decrypt"],
    Resource: "arn:aws:kms:eu-central-1:123456789012:key/1",
    Condition: {
      StringEquals: { "aws:SourceAccount": "123456789012", "kms:ViaService": "rds.amazonaws.com" },
      Bool: { "aws:SecureTransport": "true" },
    },
  };

  it("comes to allow more of each of its parts", () => {
    const { Condition: _, ...unconditional } = statement;
    expect(changes(statement)).toEqual({
      "Effect reversed": { ...statement, Effect: "Deny" },
      "Action widened": { ...statement, Action: "*" },
      "Resource widened": { ...statement, Resource: "*" },
      "Principal widened": { ...statement, Principal: "*" },
      "Condition deleted": unconditional,
      "Condition aws:SourceAccount deleted": {
        ...statement,
        Condition: { ...statement.Condition, StringEquals: { "kms:ViaService": "rds.amazonaws.com" } },
      },
      "Condition kms:ViaService deleted": {
        ...statement,
        Condition: { ...statement.Condition, StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
      "Condition aws:SecureTransport deleted": {
        ...statement,
        Condition: { StringEquals: statement.Condition.StringEquals },
      },
    });
  });

  it("is not widened where it is as wide as can be, nor in parts that its kind has not", () => {
    expect(Object.keys(changes({ Effect: "Allow", Action: "*", Resource: "*" }))).toEqual([
      "Effect reversed",
    ]);
  });

  it("has no condition left where its only one is deleted", () => {
    const one = { Effect: "Allow", Action: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } };
    expect(changes(one)).not.toHaveProperty("Condition aws:SecureTransport deleted");
  });
});

describe("a statement that denies", () => {
  it("comes to deny less", () => {
    const statement = {
      Effect: "Deny",
      Principal: "*",
      NotAction: ["iam:Get*"],
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const { NotAction: _, ...others } = statement;
    const ofOutsiders = { StringEquals: { "aws:PrincipalAccount": "999999999999" } };
    expect(changes(statement)).toEqual({
      "Effect reversed": { ...statement, Effect: "Allow" },
      "Action narrowed": { ...others, Action: "sts:GetCallerIdentity" },
      "Resource narrowed": { ...statement, Resource: "arn:aws:s3:::foreign" },
      "Principal narrowed": { ...statement, Principal: { AWS: "arn:aws:iam::999999999999:root" } },
      "Condition added": { ...statement, Condition: { ...statement.Condition, ...ofOutsiders } },
    });
  });
});
