import { expect, it } from "vitest";
import { Database, type DatabaseArgs } from "../../components/database.ts";
import { declare, inputsOf, only, tags } from "./support/declare.ts";

const args: DatabaseArgs = {
  settings: {
    engineVersion: "17",
    instanceClass: "db.m7g.large",
    multiAz: true,
    storageGiB: 200,
    maxStorageGiB: 1000,
    backupRetentionDays: 35,
    maxConnections: 400,
  },
  region: "eu-central-1",
  tier: "production",
  vpcId: "vpc-1",
  subnetIds: ["subnet-1", "subnet-2"],
  clientCidrs: ["10.60.0.0/20", "10.61.0.0/20"],
  logRetentionDays: 365,
  permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
  tags,
};

/** What a database of these arguments declares. */
function database(change: Partial<DatabaseArgs> = {}, preview = false) {
  return declare(() => new Database("db", { ...args, ...change }), preview);
}

it("outlives mistakes in production", async () => {
  expect(only(await database(), "Instance")).toMatchObject({
    deletionProtection: true,
    skipFinalSnapshot: false,
    finalSnapshotIdentifier: "portal-db-prod-final",
    deleteAutomatedBackups: false,
  });
});

it("can be thrown away in staging, completely", async () => {
  const instance = only(await database({ tier: "staging" }), "Instance");
  expect(instance).toMatchObject({
    deletionProtection: false,
    skipFinalSnapshot: true,
    deleteAutomatedBackups: true,
  });
  expect(instance).not.toHaveProperty("finalSnapshotIdentifier");
});

it("knows no password", async () => {
  const instance = only(await database(), "Instance");
  expect(instance).toMatchObject({ manageMasterUserPassword: true, iamDatabaseAuthenticationEnabled: true });
  expect(instance).not.toHaveProperty("password");
});

it("encrypts everything with the one key", async () => {
  const declared = await database();
  const key = "arn:Key:db";
  expect(only(declared, "Instance")).toMatchObject({
    kmsKeyId: key,
    masterUserSecretKmsKeyId: key,
    performanceInsightsKmsKeyId: key,
  });
  expect(inputsOf(declared, "LogGroup").map((group) => group["kmsKeyId"])).toEqual([key, key, key]);
});

it("declares a log group for each log that it exports, where RDS writes it", async () => {
  const declared = await database();
  const exported = only(declared, "Instance")["enabledCloudwatchLogsExports"] as string[];
  expect(inputsOf(declared, "LogGroup").map((group) => group["name"])).toEqual(
    exported.map((log) => `/aws/rds/instance/portal-db-prod/${log}`),
  );
});

it("lets each range of clients reach the port, and reaches nothing itself", async () => {
  const declared = await database();
  expect(only(declared, "SecurityGroup")["egress"]).toEqual([]);
  expect(inputsOf(declared, "SecurityGroupIngressRule")).toMatchObject([
    { cidrIpv4: "10.60.0.0/20", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 },
    { cidrIpv4: "10.61.0.0/20", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 },
  ]);
});

it("goes to another major version where it is told to alone", async () => {
  expect(only(await database(), "Instance")).not.toHaveProperty("allowMajorVersionUpgrade");
  const told = await database({ settings: { ...args.settings, allowMajorVersionUpgrade: true } });
  expect(only(told, "Instance")["allowMajorVersionUpgrade"]).toBe(true);
});

it.each(["17", "17.4"])("takes the parameter family of version %s", async (engineVersion) => {
  const declared = await database({ settings: { ...args.settings, engineVersion } });
  expect(only(declared, "ParameterGroup")["family"]).toBe("postgres17");
});

it("forces TLS and sets the limit of connections at the next restart", async () => {
  const parameters = only(await database(), "ParameterGroup")["parameters"];
  expect(parameters).toContainEqual({ name: "rds.force_ssl", value: "1" });
  expect(parameters).toContainEqual({
    name: "max_connections",
    value: "400",
    applyMethod: "pending-reboot",
  });
});

it("names the database so that PostgreSQL needs no quotes", async () => {
  const declared = await database({ tags: { ...tags, product: "web-portal" } });
  expect(only(declared, "Instance")["dbName"]).toBe("web_portal");
});

it("declares the same in a preview, where nothing is known yet", async () => {
  const names = async (preview: boolean) =>
    (await database({}, preview)).map(({ type, name }) => `${type} ${name}`).sort();
  expect(await names(true)).toEqual(await names(false));
});
