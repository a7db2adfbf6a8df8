import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeEvents } from "../plan/events.ts";
import { edit, run } from "../project.ts";
import { credentials, makeWorld, type Script, type World } from "../pulumi/world.ts";

let world: World;
beforeAll(() => {
  world = makeWorld();
});
beforeEach(() => world.forget());
afterAll(() => world.dispose());

const command = (args: readonly string[], script: Script = {}, more: NodeJS.ProcessEnv = {}) =>
  run(args, { cwd: world.cwd, env: world.env(script, more) });
const pending = {
  deployment: {
    pending_operations: [
      {
        type: "creating",
        resource: {
          urn: "urn:pulumi:staging::readiness::readiness:index:Database$aws:rds/instance:Instance::portal-db",
          type: "aws:rds/instance:Instance",
          inputs: { identifier: "portal-db-4f2a1c" },
        },
      },
    ],
  },
};

const packAndLog = ["--policy-pack", "policies", "--event-log", expect.stringMatching(/events\.jsonl$/)];

describe("preview", () => {
  it("runs Pulumi with the stack, the pack and how to show it, and tells the verdict", async () => {
    const args = ["preview", "--stack", "staging", "--message", "a b", "--diff"];
    const { status, stdout, stderr } = await command(args);
    expect(world.commands()).toEqual([
      ["preview", "--stack", "staging", ...packAndLog, "--diff", "--message=a b"],
    ]);
    expect(stdout).toMatch(
      /^pulumi preview ran\n\nReadiness of staging: NO-GO, .*\n.*\nnpm run check -- --stack staging says/,
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it("tells Pulumi the name as it was given, and judges the stack by its own", async () => {
    const { stdout } = await command(["preview", "--stack", "acme/staging"]);
    expect(world.commands()).toEqual([["preview", "--stack", "acme/staging", ...packAndLog]]);
    expect(stdout).toContain("Readiness of staging: ");
    expect((await command(["preview", "--stack", "acme/another/staging"])).status).toBe(2);
  });

  it("gives Pulumi's exit status whatever the verdict", async () => {
    expect((await command(["preview", "-s", "prod"], { status: { preview: 7 } })).status).toBe(7);
  });

  it("leaves the engine's events in a file", async () => {
    const events = join(world.cwd, "given.jsonl");
    writeFileSync(events, "{}\n");
    await command(["preview", "-s", "staging", "--events", "out.jsonl"], { events });
    expect(world.calls()).toMatchObject([
      { args: expect.arrayContaining(["--event-log", "out.jsonl"]), debugCommands: "true" },
    ]);
  });
});

const staging = ["--stack", "staging", "--yes"];

describe("what runs Pulumi", () => {
  const env = { PULUMI_OPTION_TARGET: "urn" };

  it.each(["preview", "up", "drift", "recover"])("%s takes no option from a variable", async (name) => {
    const { status, stderr } = await command([name, "--stack", "staging"], {}, env);
    expect(stderr).toMatch(/^error: PULUMI_OPTION_TARGET is not among .*\n$/);
    expect(world.calls()).toEqual([]);
    expect(status).toBe(2);
  });

  it.each(["preview", "drift", "recover"])("%s is of one stack and of all of it", async (name) => {
    for (const more of [
      ["--target", "urn"],
      ["--", "--stack", "prod"],
    ]) {
      const { status, stderr } = await command([name, "--stack", "staging", ...more]);
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(world.calls()).toEqual([]);
      expect(status).toBe(2);
    }
  });

  it.each<[string, string, string]>([
    ["a second project file", "Pulumi.yml", "name: x\n"],
    ["state elsewhere", "Pulumi.yaml", "backend:\n  url: file:///named\n"],
    ["settings outside of the project", "Pulumi.yaml", "stackConfigDir: ../other\n"],
  ])("%s is refused", async (_, name, text) => {
    const file = join(world.cwd, name);
    const before = existsSync(file) ? readFileSync(file) : undefined;
    appendFileSync(file, text);
    const { status, stderr } = await command(["preview", "--stack", "staging"]);
    if (before) writeFileSync(file, before);
    else rmSync(file);
    expect(stderr).toMatch(/^error: .*Pulumi\.ya?ml .*\n$/);
    expect(world.calls()).toEqual([]);
    expect(status).toBe(2);
  });
});

describe("up", () => {
  const yes = ["up", "--stack", "staging", "--yes"];

  it("previews, and carries out the plan of that preview", async () => {
    const { status, stdout } = await command([...yes, "--parallel", "4"]);
    const [exported, previewed, updated] = world.commands();
    const plan = previewed?.at(previewed.indexOf("--save-plan") + 1);
    const events = updated?.at(updated.indexOf("--event-log") + 1);
    const both = ["--stack", "staging", "--policy-pack", "policies"];
    expect(exported).toEqual(["stack", "export", "--stack", "staging"]);
    const before = ["--stack", "staging", ...packAndLog, "--save-plan", plan, "--parallel=4"];
    expect(previewed).toEqual(["preview", ...before]);
    const rest = ["--skip-preview", "--yes", "--event-log", events, "--parallel=4"];
    expect(updated).toEqual(["up", ...both, "--plan", plan, ...rest]);
    expect(world.calls().at(-1)).toEqual({ plan: "the plan" });
    expect(stdout).toMatch(/pulumi preview ran\n\nReadiness of staging: [\s\S]*\n\npulumi up ran\n$/);
    expect(status).toBe(0);
  });

  it("does not update where the preview fails", async () => {
    const { status } = await command(yes, { status: { preview: 255 } });
    expect(world.commands().map(([name]) => name)).toEqual(["stack", "preview"]);
    expect(status).toBe(255);
  });

  it("gives the exit status of the update", async () => {
    expect((await command(yes, { status: { up: 6 } })).status).toBe(6);
  });

  it("names what could not be created, and what finds out whether its vendor has it", async () => {
    const failed = (op: string, name: string) => ({
      resOpFailedEvent: {
        metadata: { op, urn: `urn:pulumi:staging::p::pagerduty:index/team:Team::${name}`, type: "Team" },
      },
    });
    const events = writeEvents(world.cwd, [
      failed("create", "a"),
      failed("update", "b"),
      failed("create-replacement", "c"),
    ]);
    const { status, stderr } = await command(yes, { events, status: { up: 255 } });
    expect(stderr).toMatch(
      /a\nname has already been taken.*\n\nnpm run recover -- --stack staging\n\n- a \(Team\)\n\n/,
    );
    expect(stderr).toMatch(/npm run drift -- --stack staging finds:\n\n- c \(Team\)\n$/);
    expect(stderr).not.toContain("- b");
    expect(status).toBe(255);
    expect((await command(yes, { status: { up: 255 } })).stderr).toBe("");
  });

  it.each(["Pulumi.staging.yaml", "index.ts"])(
    "does not deploy where %s changes after the verdict",
    async (name) => {
      const file = join(world.cwd, name);
      const before = readFileSync(file);
      const { status, stderr } = await command(yes, { changes: { preview: [file] } });
      writeFileSync(file, before);
      expect(stderr).toBe(
        `error: staging is not deployed: ${name} has changed since the verdict; run again\n`,
      );
      expect(world.commands().map(([name]) => name)).toEqual(["stack", "preview"]);
      expect(status).toBe(2);
    },
  );

  it("does not deploy production that is NO-GO, and says how to see why", async () => {
    const consent = ["--yes", "--commit", head(world.cwd)];
    const { status, stdout, stderr } = await command(
      ["up", "--stack", "prod", ...consent],
      {},
      { CI: "true" },
    );
    expect(stdout).toContain("Readiness of prod: NO-GO");
    expect(stdout).toContain("npm run check -- --stack prod");
    expect(stderr).toBe("prod is not deployed: its verdict is NO-GO.\n");
    expect(world.calls()).toEqual([]);
    expect(status).toBe(1);
  });

  it("does not go on blindly after an update that died while it created something", async () => {
    const { status, stderr } = await command(yes, { export: pending });
    expect(stderr).toContain("portal-db (aws:rds/instance:Instance)");
    expect(stderr).toContain("identifier portal-db-4f2a1c");
    expect(world.commands().map(([name]) => name)).toEqual(["stack"]);
    expect(status).toBe(1);
  });

  it("says how to make a stack that is not there", async () => {
    const { status, stderr } = await command(yes, { status: { stack: 6 } });
    expect(stderr).toContain("npx pulumi stack init staging");
    expect(status).toBe(2);
  });

  it.each<[string, string[], RegExp]>([
    ["nobody to ask", ["--stack", "staging"], /nobody to ask/],
    ["production by --yes alone", ["--stack", "prod", "--yes"], /--yes is not enough for prod/],
    ["an update without a preview", ["--stack", "staging", "--yes", "-f"], /previewed first/],
    ["another stack behind --", [...staging, "--", "--stack", "prod"], /the stack is named once/],
    ["another stack", [...staging, "--stack=prod"], /--stack can be given once/],
    ["a part of the stack", [...staging, "--target", "urn"], /a part of the stack has no verdict/],
    ["other config", [...staging, "--config-file=x.yaml"], /what its file says/],
    ["another folder", [...staging, "-C.."], /the folder that the command runs in/],
    ["a stack that is misspelled", ["--stack", "stagin", "--yes"], /did you mean "staging"\?/],
    ["no stack", ["--yes"], /--stack/],
  ])("refuses %s before anything starts", async (_, args, message) => {
    const { status, stderr } = await command(["up", ...args]);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(world.calls()).toEqual([]);
    expect(status).toBe(2);
  });

  it("deploys the approved commit, unless a file has changed since", async () => {
    const commit = head(world.cwd);
    expect((await command([...yes, "--commit", commit])).status).toBe(0);
    edit(join(world.cwd, "Pulumi.staging.yaml"), "nodes: 2", "nodes: 3");
    const { status, stderr } = await command([...yes, "--commit", commit]);
    expect(stderr).toMatch(/Pulumi\.staging\.yaml differs from the commit/);
    expect(status).toBe(2);
    edit(join(world.cwd, "Pulumi.staging.yaml"), "nodes: 3", "nodes: 2");
  });

  it("tells of a wrong config as check does", async () => {
    edit(join(world.cwd, "Pulumi.staging.yaml"), "readiness:product:", "readiness:prodct:");
    const [updated, checked] = [await command(yes), await command(["check"])];
    edit(join(world.cwd, "Pulumi.staging.yaml"), "readiness:prodct:", "readiness:product:");
    expect(updated.stderr).toBe(checked.stderr);
    expect(updated.status).toBe(2);
  });

  it("tells of all missing credentials at once, and shows none that is there", async () => {
    const missing = { DD_API_KEY: "", VERCEL_API_TOKEN: "" };
    const { status, stdout, stderr } = await command(yes, {}, missing);
    expect(stderr).toMatch(
      /^Nothing was started: credentials for staging are missing\.\n.*DD_API_KEY.*\n.*VERCEL_API_TOKEN.*\n$/,
    );
    for (const value of Object.values(credentials)) expect(stdout + stderr).not.toContain(value);
    expect(world.calls()).toEqual([]);
    expect(status).toBe(2);
  });
});

/** Makes the folder a repository with one commit of everything that git would keep, and gives its id. */
function head(cwd: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd,
      encoding: "utf8",
    });
  git("init", "--quiet");
  writeFileSync(join(cwd, ".gitignore"), "node_modules\nhome\n*.log\n");
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "Everything");
  return git("rev-parse", "HEAD").trim();
}
