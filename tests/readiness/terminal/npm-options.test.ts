import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, type Option } from "commander";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { assertPassedOn } from "../../../readiness/terminal/npm-options.ts";
import { NODE_COMPILE_CACHE, PATH, project } from "../project.ts";

/** What npm was told without `--`, and what it makes of it. */
function npmRun(...args: readonly string[]) {
  const env = { PATH, NODE_COMPILE_CACHE, HOME: tmpdir() };
  const command = ["run", "--no-update-notifier", ...args];
  const { status, stdout, stderr } = spawnSync("npm", command, { cwd: project, env, encoding: "utf8" });
  const own = stderr.split("\n").filter((line) => !/^(npm (warn|notice) .*)?$/.test(line));
  return { status, stdout: stdout.split("\n").filter((line) => !/^(> .*)?$/.test(line)), stderr: own };
}

describe("an option that npm keeps", () => {
  it.each([
    ["check --all", "--all", "check -- --all"],
    ["check --stack=prod", "--stack", "check -- --stack prod"],
    ["check --stack prod --stack staging", "--stack", "check -- --stack prod --stack staging"],
    ["check --format json", "--format", "check -- --format json"],
    ["check --stack prod -- --quiet", "--stack", "check -- --stack prod --quiet"],
    ["up --stack staging --yes", "--stack", "up -- --stack staging"],
    ["bench --quick", "--quick", "bench -- --quick"],
  ])("is refused with the command as it was meant: npm run %s", (given, kept, meant) => {
    const { status, stdout, stderr } = npmRun(...given.split(" "));
    expect(stderr).toEqual([expect.stringContaining(`npm kept ${kept} for itself, write npm run ${meant}`)]);
    expect(stdout).toEqual([]);
    expect(status).toBe(given.startsWith("bench") ? 1 : 2);
  });

  it("and leaves no trace of is hinted at by the usage error", () => {
    const { status, stderr } = npmRun("preview", "-s", "prod");
    expect(stderr).toEqual([
      expect.stringMatching(/--stack <name>' not specified; npm run .* preview -- \[/),
    ]);
    expect(status).toBe(2);
  });

  it("is passed on behind --", () => {
    const { status, stderr } = npmRun("check", "--", "--stack", "prdo");
    expect(stderr).toEqual([expect.stringContaining('no stack "prdo"')]);
    expect(status).toBe(2);
  });
});

describe("what npm tells a script", () => {
  const program = new Command();
  beforeAll(async () => {
    for (const file of globSync("readiness/*/command.ts", { cwd: project })) {
      const module: Record<string, unknown> = await import(join(project, file));
      for (const [name, add] of Object.entries(module)) {
        if (name.startsWith("add") && typeof add === "function") add(program, async () => {});
      }
    }
  });

  const refusal = (options: readonly Option[], args: string[], env: NodeJS.ProcessEnv, script = "check") => {
    try {
      assertPassedOn(options, args, { npm_lifecycle_event: script, ...env });
    } catch (error) {
      return String(error);
    }
    return undefined;
  };
  const keyOf = (option: Option) => `npm_config_${option.name().replaceAll("-", "_")}`;

  it("is read for every option of every command", () => {
    expect(program.commands.length).toBeGreaterThan(9);
    for (const command of program.commands) {
      // npm has these itself.
      const own = command.options.filter((o) => !["--yes", "--color", "--message"].includes(o.long ?? ""));
      for (const option of own) {
        const [value, text] = option.isBoolean() ? ["true", ""] : ["some thing", " 'some thing'"];
        const said = refusal(command.options, [], { [keyOf(option)]: value }, command.name());
        expect(said).toContain(`npm run ${command.name()} -- ${option.long}${text}`);
      }
    }
  });

  const check = () => program.commands.find((c) => c.name() === "check")?.options ?? [];

  it("names no value where it could be another option's", () => {
    const env = { npm_config_stack: "true", npm_config_out: "true" };
    expect(refusal(check(), ["prod", "report.md"], env)).toContain("--stack <name> --out <file>");
  });

  it("counts for nothing without npm, where the option is given too, and where it says no", () => {
    expect(() => assertPassedOn(check(), [], { npm_config_all: "true" })).not.toThrow();
    expect(refusal(check(), ["--stack=prod"], { npm_config_stack: "staging" })).toBeUndefined();
    expect(refusal(check(), [], { npm_config_all: "" })).toBeUndefined();
  });

  it.each(["npm_config_userconfig", "npm_config_globalconfig", "npm_config_local_prefix"])(
    "counts for nothing where it stands in the file of %s",
    (place) => {
      const folder = mkdtempSync(join(tmpdir(), "npmrc-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const file = join(folder, ".npmrc");
      const env = { npm_config_all: "true", [place]: place.endsWith("prefix") ? folder : file };
      writeFileSync(file, "fund=false\nallow-scripts=node\n");
      expect(refusal(check(), [], env)).toContain("-- --all");
      writeFileSync(file, "fund=false\nall = true\n");
      expect(refusal(check(), [], env)).toBeUndefined();
    },
  );

  it("counts for nothing where it is set in the environment", () => {
    expect(refusal(check(), [], { npm_config_all: "true", NPM_CONFIG_ALL: "true" })).toBeUndefined();
  });
});
