/** A database that is there already, and all that it leads to, as AWS's provider tells of it; and the facts of it. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Answers } from "../../../readiness/engine/lookups.ts";
import { fixtures } from "../project.ts";

export type Values = Readonly<Record<string, unknown>>;

interface Lookup {
  readonly token: string;
  readonly args: Values;
  readonly answer: Values;
}

/** By a name of the tests' own. */
const text = readFileSync(join(fixtures, "existing-database.json"), "utf8");
const lookups: Readonly<Record<string, Lookup>> = JSON.parse(text);

/** Names of the resources that are read. */
export const read = Object.keys(lookups).filter((name) => "id" in Object(lookups[name]?.args));
/** How one of them is asked for. */
export const argsOf = (name: string): Omit<Lookup, "answer"> => lookups[name] ?? { token: "", args: {} };
/** What is told of one of them. */
export const answerOf = (name: string): Values => lookups[name]?.answer ?? {};
/** What logs its network's traffic. */
export const flowLogId = String(lookups["flowLog"]?.args["id"]);

/** What of it is different, by name; nothing of it is told where that is undefined. */
export type Changes = Readonly<Record<string, Values | undefined>>;

/** One hop of a route table with all that the provider tells of one. */
export function hop(cidrBlock: string, through: Values): Values {
  const [one] = answerOf("table")["routes"] as readonly Values[];
  return { ...one, gatewayId: "", cidrBlock, ...through };
}

/** Routes, as a table tells of them and where they are looked up. */
export function routed(...routes: readonly Values[]): Changes {
  return { table: { routes }, given: { routes } };
}

/** Lets ranges in to a port. */
export function ingress(cidrBlocks: readonly string[], port = 5432): Values {
  const [one] = answerOf("group")["ingress"] as readonly Values[];
  return { ...one, cidrBlocks, fromPort: port, toPort: port };
}

/** Parameters with some of them set otherwise; none of what is undefined. */
export function parametersWith(changed: Readonly<Record<string, string | undefined>>): Values {
  const own = answerOf("parameters")["parameters"] as readonly { readonly name: string }[];
  const set = Object.entries(changed).filter(([, value]) => value !== undefined);
  return {
    parameters: [
      ...own.filter(({ name }) => !(name in changed)),
      ...set.map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" })),
    ],
  };
}

/** A policy as AWS writes it for the keys that it manages for an account. */
export const managedByAws = JSON.stringify({
  Version: "2012-10-17",
  Id: "auto-rds-2",
  Statement: [
    {
      Sid: "Allow access through RDS for all principals in the account that are authorized to use RDS",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:CallerAccount": "111122223333",
          "kms:ViaService": "rds.eu-central-1.amazonaws.com",
        },
      },
    },
    {
      Sid: "Allow direct access to key metadata to the account",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
      Resource: "*",
    },
  ],
});

/** Private, and peered with the application's network instead of behind listed addresses. */
export function peeredWith(range: string): Changes {
  return {
    instance: { publiclyAccessible: false },
    group: { ingress: [ingress([range])] },
    ...routed(hop(range, { vpcPeeringConnectionId: "pcx-0a1b2c3d4e5f60001" })),
  };
}

/** What a stack file says of it. */
export function existingConfig(network: Values): Readonly<Record<string, Values>> {
  return {
    "readiness:network": network,
    "readiness:database": {
      kind: "existing-rds",
      identifier: "ledger-main",
      databaseName: "ledger",
      instanceClass: "db.m7g.large",
      maxStorageGiB: 1000,
      maxConnections: 400,
      flowLogId,
    },
    "readiness:cache": { kind: "none", because: "sessions live in the database" },
  };
}

/** Writes what lookups of a stack have answered. */
export function writeFacts(cwd: string, stack: string, changes: Changes = {}, recorded = new Date()): void {
  const file = {
    schemaVersion: "1.0",
    stack,
    recorded: recorded.toISOString(),
    days: 30,
    lookups: answeredWith(changes).map((found) => ({
      ...found,
      kind: "id" in found.args ? "resource" : "function",
      provider: "aws-home",
    })),
  };
  mkdirSync(join(cwd, "facts"), { recursive: true });
  writeFileSync(join(cwd, `facts/${stack}.json`), JSON.stringify(file));
}

function answeredWith(changes: Changes): readonly Lookup[] {
  return Object.entries(lookups)
    .filter(([name]) => !(name in changes) || changes[name] !== undefined)
    .map(([name, found]) => ({ ...found, answer: { ...found.answer, ...changes[name] } }));
}

/** The same as the embedded engine asks for it. */
export function answers(changes: Changes = {}): Answers {
  const answered = answeredWith(changes);
  return ({ token, args }) =>
    answered.find((found) => found.token === token && isDeepStrictEqual(found.args, { ...args }))
      ?.answer as ReturnType<Answers>;
}
