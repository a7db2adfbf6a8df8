import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Registration } from "../../../readiness/engine/registration.ts";
import type { ProgramRun } from "../../../readiness/engine/run-program.ts";
import { named, run, unknown } from "./run.ts";

const config = { "declares:length": "20", "declares:token": "hidden too", "aws:region": "eu-central-1" };
const secretKeys = ["declares:token"];
const root = "urn:pulumi:dev::declares";

function declares(intercept?: (registration: Registration) => Registration | undefined): Promise<ProgramRun> {
  return run("declares", { config, secretKeys, ...(intercept && { intercept }) });
}

describe("registrations", async () => {
  const result = await declares();
  const database = named(result, "database");

  test("have the engine's URNs, parents and kinds", () => {
    expect(result.registrations.map((r) => r.urn)).toEqual(
      expect.arrayContaining([
        `${root}::pulumi:pulumi:Stack::declares-dev`,
        `${root}::pulumi:providers:aws::default_7_48_0`,
        `${root}::declares:index:Store::store`,
        `${root}::declares:index:Store$aws:s3/bucket:Bucket::store-bucket`,
        `${root}::aws:rds/instance:Instance::database`,
      ]),
    );
    expect(named(result, "declares-dev")).toMatchObject({ parent: undefined, custom: false });
    expect(named(result, "store")).toMatchObject({
      parent: named(result, "declares-dev").urn,
      custom: false,
    });
    expect(named(result, "store-bucket")).toMatchObject({ parent: named(result, "store").urn, custom: true });
  });

  test("hold inputs with secrets opened and unknowns as sentinels", () => {
    expect(database.props).toEqual({
      instanceClass: "db.t4g.micro",
      identifier: "db-20",
      kmsKeyId: unknown,
      password: unknown,
      tags: { key: unknown, plain: "text", token: "hidden" },
    });
    expect(database.secretPaths).toEqual(["password", "tags.token"]);
  });

  test("hold what flows into each property", () => {
    const [key, password] = [named(result, "key").urn, named(result, "password").urn];
    expect(database.propertyDependencies).toEqual({
      instanceClass: [],
      identifier: [password],
      kmsKeyId: [key],
      password: [password],
      tags: [key],
    });
    expect(new Set(database.dependencies)).toEqual(new Set([key, password]));
  });

  test("hold the options", () => {
    expect(named(result, "key")).toMatchObject({ protect: true, retainOnDelete: true });
    expect(named(result, "password")).toMatchObject({ protect: false, retainOnDelete: false });
    expect(named(result, "store-bucket").protect).toBe(true);
    expect(database.additionalSecretOutputs).toContain("endpoint");
    expect(named(result, "password").additionalSecretOutputs).toEqual(["bcryptHash", "result"]);
  });

  test("hold the line of the `new` expression", () => {
    expect(named(result, "key").source).toEqual({ file: "index.ts", line: 9 });
    expect(database.source).toEqual({ file: "index.ts", line: 15 });
    expect(named(result, "store-bucket").source).toEqual({ file: "store.ts", line: 10 });
    expect(named(result, "default_7_48_0").source).toBeUndefined();
  });

  test("have default providers with the stack's config", () => {
    expect(database.provider).toBe(`${root}::pulumi:providers:aws::default_7_48_0`);
    expect(named(result, "default_7_48_0").props).toEqual({ region: "eu-central-1", version: "7.48.0" });
  });

  test("hold secret config as secret", async () => {
    const other = await run("declares", { config, secretKeys: [...secretKeys, "aws:region"] });
    expect(named(other, "default_7_48_0").secretPaths).toEqual(["region"]);
  });
});

describe("outputs", async () => {
  const { outputs, stack } = await declares();

  test("are the module's exports; what only a deployment knows is unknown, and nothing is applied to it", () => {
    expect(outputs).toMatchObject({
      identifier: "db-20",
      arn: unknown,
      bucketName: "a-bucket",
      vendorId: "PAM4FGS",
      applied: false,
      stack: "dev",
    });
    expect(stack.name).toBe("dev");
  });

  test("do not show secrets", () => {
    expect(outputs).toMatchObject({ endpoint: "[secret]", token: "[secret]", nested: "[secret]" });
  });
});

describe("intercept", () => {
  test("changes what is recorded, and the program does not notice", async () => {
    const result = await declares((r) =>
      r.name === "database" ? { ...r, props: { ...r.props, identifier: "changed" } } : r,
    );
    expect(named(result, "database").props["identifier"]).toBe("changed");
    expect(result.outputs["identifier"]).toBe("db-20");
  });

  test("drops a resource together with the links to it", async () => {
    const result = await declares((r) => (r.name === "key" || r.name === "store" ? undefined : r));
    const resources = new Map(result.stack.resources.map((r) => [r.name, r]));
    expect(resources.has("key")).toBe(false);
    expect(resources.get("store-bucket")?.parent).toBeUndefined();
    expect(resources.get("database")?.propertyDependencies["kmsKeyId"]).toEqual([]);
    expect(resources.get("database")?.dependencies.map((r) => r.name)).toEqual(["password"]);
  });
});

describe("several runs in one process", () => {
  test("know nothing of each other", async () => {
    const prod = await run("declares", {
      stack: "prod",
      config: { ...config, "declares:length": "40" },
      secretKeys,
    });
    const dev = await declares();
    expect(named(prod, "password").props["length"]).toBe(40);
    expect(named(dev, "password").props["length"]).toBe(20);
    expect(dev.registrations).toHaveLength(prod.registrations.length);
    expect(dev.registrations.every((r) => r.urn.startsWith("urn:pulumi:dev::"))).toBe(true);
    expect([prod.outputs["stack"], dev.outputs["stack"]]).toEqual(["prod", "dev"]);
  });

  test("may be asked for at once", async () => {
    const results = await Promise.all([
      declares(),
      run("fails", { stack: "throws" }).catch(String),
      declares(),
    ]);
    expect(results.map((r) => (typeof r === "string" ? r : r.registrations.length))).toEqual([
      (await declares()).registrations.length,
      "OwnError: thrown",
      (await declares()).registrations.length,
    ]);
  });

  test("leave the process as it was", async () => {
    const count = () =>
      ["unhandledRejection", "uncaughtException"].map((event) => process.listenerCount(event));
    const before = count();
    await declares();
    await run("fails", { stack: "throws" }).catch(() => undefined);
    expect(count()).toEqual(before);
  });
});

test("a project behind a symbolic link has its source positions", async () => {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  const projectDir = join(folder, "link");
  symlinkSync(join(import.meta.dirname, "programs", "declares"), projectDir);
  try {
    const result = await run("declares", { projectDir, config, secretKeys });
    expect(named(result, "database").source?.file).toBe("index.ts");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a thousand resources that hang on one another keep their links", async () => {
  const { stack } = await run("many", { config: { "many:count": "1000" } });
  const queues = stack.resources.filter((r) => r.type === "aws:sqs/queue:Queue");
  expect(queues).toHaveLength(1000);
  const broken = queues.filter(
    (queue, i) => i > 0 && queue.propertyDependencies["redrivePolicy"]?.[0] !== queues[i - 1],
  );
  expect(broken).toEqual([]);
});
