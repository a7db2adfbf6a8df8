/** The components as other languages hand their args over: plain data that no compiler has seen. */
import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { OnCall } from "../../provider/on-call.ts";
import { components, provider } from "../../provider/provider.ts";
import { declare, inputsOf, only } from "../components/support/declare.ts";

const team = { product: "ledger", owner: "bookkeeping", tier: "production" };
const person = (id: string, number: string, ...roles: readonly string[]) => ({
  id,
  name: `${id} Example`,
  email: `${id}@example.com`,
  phone: { countryCode: 44, number },
  roles: ["on-call-engineer", ...roles],
});
const boundary = "arn:aws:iam::123456789012:policy/boundary";

const args = {
  OnCall: {
    ...team,
    services: ["ledger"],
    people: [
      person("ana", "7700900121", "tech-lead", "product-lead"),
      person("bea", "7700900122", "devops-lead", "cto"),
    ],
    onCall: {
      timeZone: "Europe/London",
      rotationStart: "2026-01-05T09:00:00Z",
      turnDays: 7,
      primary: ["ana", "bea"],
      backup: ["bea", "ana"],
    },
    chat: { kind: "none", because: "two people in one room" },
    datadogSite: "datadoghq.eu",
  },
  OutsideWatch: { ...team, domain: "ledger.example.com", healthPath: "/api/health", pagingServiceId: "P1" },
  PrivateBucket: { ...team, expireAfterDays: 30, lock: { mode: "GOVERNANCE", days: 10 } },
  EvidenceStore: {
    ...team,
    sources: [{ service: "ledger", repository: "acme/ledger", branch: "main" }],
    gitHub: "arn:github",
    permissionsBoundary: boundary,
  },
  Database: {
    ...team,
    region: "eu-west-1",
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2"],
    clientCidrs: ["10.1.0.0/16"],
    permissionsBoundary: boundary,
    engineVersion: "17",
    instanceClass: "db.m7g.large",
    multiAz: true,
    storageGiB: 50,
    maxStorageGiB: 200,
    backupRetentionDays: 14,
    maxConnections: 200,
    logRetentionDays: 90,
    backups: {
      copyRegion: "eu-central-1",
      dailyRetentionDays: 35,
      weeklyRetentionDays: 90,
      monthlyRetentionDays: 365,
      vaultLock: "governance",
      notifyEmails: ["bea@example.com"],
    },
  },
};

/** Constructs one as the engine asks for it, in a preview: there nothing is asked of a release. */
const construct = (type: string, inputs: object) =>
  declare(() => provider.construct?.("x", `production-readiness:index:${type}`, inputs, {}), true);

const refusals = (type: string, inputs: object) =>
  construct(type, inputs).then(
    () => [],
    (error: pulumi.InputPropertiesError) =>
      error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
  );

describe("a component for other languages", () => {
  it.each(Object.entries(args))(
    "%s declares the component of its name, and what the schema promises",
    async (type, given) => {
      const declared = await construct(type, given);
      expect(declared.filter((d) => d.type === type)).toHaveLength(2);
      expect(inputsOf(declared, "Provider").every(({ region }) => region)).toBe(true);
    },
  );

  it("OnCall tells the ids of what rings, by service and severity", async () => {
    const told: unknown[] = [];
    await declare(() => {
      new OnCall("x", args.OnCall).pagingServiceIds.apply((ids) => told.push(ids));
    });
    expect(told).toEqual([
      expect.objectContaining({
        "ledger-sev1": "Service x-ledger-sev1",
        "platform-sev4": "Service x-platform-sev4",
      }),
    ]);
  });

  it("PrivateBucket is locked, and takes TLS alone", async () => {
    const declared = await construct("PrivateBucket", args.PrivateBucket);
    expect(only(declared, "BucketObjectLockConfiguration")).toMatchObject({
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 10 } },
    });
    expect(JSON.stringify(only(declared, "BucketPolicy"))).toContain("TlsOnly");
  });

  it("Database has its backups in two regions", async () => {
    const declared = await construct("Database", args.Database);
    expect(only(declared, "Instance")).toMatchObject({ multiAz: true, deletionProtection: true });
    expect(inputsOf(declared, "Vault")).toHaveLength(2);
  });
});

describe("args that are no good", () => {
  it.each([
    [
      "OnCall",
      { chat: { kind: "slak" } },
      'chat.kind: found "slak", must be one of "slack", "teams", "none"; did you mean "slack"?',
    ],
    ["OnCall", { servces: [] }, "servces"],
    [
      "OnCall",
      { onCall: { ...args.OnCall.onCall, primary: ["ana", "bee"] } },
      'found "bee", must be an id of people: ana, bea',
    ],
    [
      "PrivateBucket",
      { lock: { mode: "SOFT", days: 1 } },
      'lock.mode: found "SOFT", must be one of "GOVERNANCE", "COMPLIANCE"',
    ],
    [
      "Database",
      { backups: { ...args.Database.backups, copyRegion: "eu-west-1" } },
      'backups.copyRegion: found "eu-west-1", must be another region',
    ],
    ["EvidenceStore", { owner: undefined }, "owner: missing, must be a lower-case name"],
  ])("%s with %j is told, a line each", async (type, wrong, told) => {
    const given = { ...Reflect.get(args, type), ...wrong };
    expect(await refusals(type, given)).toEqual(expect.arrayContaining([expect.stringContaining(told)]));
  });

  it("and a component that there is none of", async () => {
    await expect(construct("Databse", args.Database)).rejects.toThrow(
      "has no component production-readiness:index:Databse",
    );
    expect(Object.keys(components)).toContain("Readiness");
  });
});
