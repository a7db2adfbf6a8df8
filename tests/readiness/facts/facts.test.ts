import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { withoutSecrets } from "../../../readiness/facts/withhold.ts";
import { factsOf } from "../../../readiness/inputs/facts-file.ts";
import { withheld } from "../../../readiness/inputs/withheld.ts";
import { run } from "../project.ts";
import { makeWorld, type Script, type World } from "../pulumi/world.ts";

let world: World;
let file: string;
beforeAll(() => {
  world = makeWorld();
  file = join(world.cwd, "facts/staging.json");
});
afterEach(() => {
  world.forget();
  rmSync(join(world.cwd, "facts"), { recursive: true, force: true });
});
afterAll(() => world.dispose());

const command = (script: Script, ...args: readonly string[]) =>
  run(["facts", "--stack", "staging", ...args], { cwd: world.cwd, env: world.env(script) });
const begin = { kind: "begin" };
const queue = {
  kind: "function",
  token: "aws:sqs/getQueue:getQueue",
  provider: "",
  args: { name: "jobs" },
  answer: { url: "https://queue.example/jobs" },
};
const database = {
  kind: "resource",
  token: "aws:rds/instance:Instance",
  provider: "aws-home",
  args: { id: "ledger" },
  answer: { storageEncrypted: true, password: withheld },
};
const written = (content: string) => {
  mkdirSync(join(world.cwd, "facts"));
  writeFileSync(file, content);
};

describe("facts", () => {
  it("are written with their date as the lookups of a preview were answered, each once", async () => {
    const { status, stdout, stderr } = await command(
      { notes: [begin, database, queue, queue] },
      "--days",
      "7",
    );
    expect(stderr).toBe("");
    expect(world.commands()).toEqual([["preview", "--stack", "staging"]]);
    const { recorded, ...rest } = JSON.parse(readFileSync(file, "utf8"));
    expect(rest).toEqual({ schemaVersion: "1.0", stack: "staging", days: 7, lookups: [queue, database] });
    expect(Math.abs(Date.now() - Date.parse(recorded))).toBeLessThan(60_000);
    expect(stdout).toContain(
      "facts/staging.json: 2 lookups, for 7 days; 1 value withheld that may be secret. Commit it.\n",
    );
    expect(status).toBe(0);
    const { answers } = factsOf(world.cwd, "staging", new Date());
    expect(answers({ ...queue, kind: "function" })).toEqual(queue.answer);
  });

  it("take the place of older ones, and of nothing else", async () => {
    const old = { schemaVersion: "1.0", stack: "staging", recorded: "2026-01-01T00:00:00Z", days: 30 };
    written(JSON.stringify({ ...old, lookups: [database] }));
    expect((await command({ notes: [begin] })).status).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8")).lookups).toEqual([]);
    for (const other of ["notes of mine", JSON.stringify({ ...old, stack: "prod", lookups: [] })]) {
      writeFileSync(file, other);
      world.forget();
      const { status, stderr } = await command({ notes: [begin, queue] });
      expect(stderr).toMatch(/^facts\/staging\.json is .*\n$/);
      expect(status).toBe(2);
      expect(readFileSync(file, "utf8")).toBe(other);
      expect(world.commands()).toEqual([]);
    }
  });

  it("are not written of a preview that failed, or of which nothing was noted", async () => {
    const failed = await command({ notes: [begin, queue], status: { preview: 7 } });
    expect(failed.stderr).toBe("error: the preview failed, and facts/staging.json is as it was\n");
    expect(failed.status).toBe(7);
    const unnoted = await command({});
    expect(unnoted.stderr).toContain("nothing was recorded");
    expect(unnoted.status).toBe(2);
    const nothing = await command({ notes: [begin] });
    expect(nothing.stdout).toContain("staging looks nothing up");
    expect(nothing.status).toBe(0);
    expect(existsSync(file)).toBe(false);
  });

  it.each(["0", "367", "-1", "many"])("count for no %s days", async (days) => {
    const { status, stderr } = await command({ notes: [begin, queue] }, `--days=${days}`);
    expect(stderr).toMatch(/^error: .*days.*\n$/);
    expect(status).toBe(2);
  });
});

describe("what may be a secret", () => {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "canary" };

  it.each<[string, string, object]>([
    ["by the provider's word", "aws:sqs/getQueue:getQueue", { anything: secret }],
    [
      "by its name",
      "aws:sqs/getQueue:getQueue",
      { nested: [{ masterPassword: "canary", apiKey: "canary" }] },
    ],
    [
      "by its look",
      "aws:sqs/getQueue:getQueue",
      { a: "postgres://u:canary@h/d", b: "-----BEGIN RSA PRIVATE KEY canary" },
    ],
    ["by what gives it", "aws:secretsmanager/getSecretVersion:getSecretVersion", { value: "canary" }],
    ["by the parameter store", "aws:ssm/getParameter:getParameter", { value: "canary" }],
  ])("is withheld %s", (_, token, answer) => {
    const text = JSON.stringify(withoutSecrets(token, answer as Record<string, unknown>));
    expect(text).not.toContain("canary");
    expect(text).toContain(withheld);
  });

  it("is nothing that stands beside it", () => {
    const answer = { secretArn: "arn:x", tokenStatus: "active", iamDatabaseAuthenticationEnabled: true };
    expect(withoutSecrets("aws:rds/instance:Instance", answer)).toEqual(answer);
  });
});
