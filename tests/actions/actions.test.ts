/** What other repositories `uses:`; the shell steps run as a runner would run them. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { manifest } from "../../tools/package/manifest.ts";
import { App } from "../readiness/evidence/app.ts";
import { makeProject, NODE_COMPILE_CACHE, PATH, project } from "../readiness/project.ts";
import { fixture } from "../readiness/proofs/evidence/formats/support.ts";
import { makeWorld, type World } from "../readiness/pulumi/world.ts";
import { inputsOf, type Ran, runSteps, type Step } from "./steps.ts";

const read = (path: string) => readFileSync(join(project, path), "utf8");
const actions = ["action.yml", "actions/evidence/action.yml"];
const stepsOf = (path: string) => (parse(read(path)) as { runs: { steps: Step[] } }).runs.steps;

describe.each(actions)("%s", (path) => {
  it("pins what it uses by commit", () => {
    const uses = [...read(path).matchAll(/uses: (.+)/g)].map(([, use]) => use ?? "");
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
    const workflows = readdirSync(join(project, ".github/workflows")).map((name) =>
      read(`.github/workflows/${name}`),
    );
    for (const use of uses) expect([...workflows, read("docs/evidence.md")].join()).toContain(use);
  });

  it("pastes nothing into a script, and reads each input", () => {
    const steps = stepsOf(path);
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    const named = [...JSON.stringify(steps).matchAll(/inputs\.([\w-]+)/g)].map(([name]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(inputsOf(join(project, path)))));
  });
});

describe("the action", () => {
  const path = join(project, "action.yml");
  let world: World;
  let folder: string;
  beforeAll(() => {
    folder = makeProject();
    world = makeWorld();
  });
  afterAll(() => world.dispose());
  const run = (inputs: object, skip: readonly string[] = ["Comment"], values: object = {}): Ran => {
    const given = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]),
    );
    return runSteps(path, stepsOf("action.yml"), {
      cwd: folder,
      values: { ...inputsOf(path), ...given, ...values },
      env: world.env(),
      skip,
    });
  };

  it("lets pass what is ready, and says so on the run's page", () => {
    const { statuses, summary, values } = run({ stacks: "staging" });
    expect(statuses).toEqual({ Verdict: 0, Gate: 0 });
    expect(values["steps.check.outputs.verdicts"]).toBe('{"staging":"GO"}');
    expect(summary).toContain("GO");
    for (const form of ["json", "md", "html", "sarif"]) {
      expect(existsSync(values[`steps.check.outputs.${form}`] ?? "")).toBe(true);
    }
  });

  it("fails in its last step where the verdict is no GO, unless it is no gate", () => {
    const asked = { stacks: "prod", for: "release" };
    const { statuses, values } = run(asked);
    expect(statuses).toEqual({ Verdict: 0, Gate: 1 });
    expect(values["steps.check.outputs.verdicts"]).toBe('{"prod":"NO-GO"}');
    expect(run({ ...asked, gate: "false" }, ["Comment", "Gate"]).statuses).toEqual({ Verdict: 0 });
  });

  it("fails at once where nothing can be asked", () => {
    const { statuses, output } = run({ stacks: "nowhere" });
    expect(statuses).toEqual({ Verdict: 2 });
    expect(output).toContain("nowhere");
  });

  it("comments on the pull request, with a link to the page", () => {
    const values = {
      "github.event.number": "7",
      "github.repository": "acme/ledger",
      "steps.page.outputs.artifact-url": "https://github.com/acme/ledger/actions/runs/1/artifacts/2",
    };
    const { statuses, output } = run({ stacks: "staging", plans: "staging=absent.jsonl\n" }, [], values);
    expect({ statuses, output }).toEqual({
      statuses: { Verdict: 0, Comment: 0, Gate: 0 },
      output: expect.any(String),
    });
    const calls = readFileSync(join(world.cwd, "gh.log"), "utf8");
    expect(calls).toContain("issues/7/comments");
    expect(calls).toContain("actions/runs/1/artifacts/2");
  });

  it("judges what is deployed, of a program of anybody's", () => {
    const { statuses, output } = run({ state: "absent.json" });
    expect(statuses).toEqual({ Verdict: 2 });
    expect(output).toContain("absent.json");
  });

  it("has a comment's right used for its own pull requests alone", () => {
    const [comment] = stepsOf("action.yml").filter(({ name }) => name === "Comment");
    expect(comment?.if).toContain("head.repo.full_name == github.repository");
  });
});

describe("the action of evidence", () => {
  it("hands in what a tool wrote, signed, and leaves no key", () => {
    const app = new App();
    const report = app.write("out/unit.json", fixture("vitest/good.json").bytes);
    const keys = mkdtempSync(join(tmpdir(), "readiness-keys-"));
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(keys, "key")]);
    const path = join(project, "actions/evidence/action.yml");
    const inputs = {
      "working-directory": makeProject(),
      service: "portal",
      files: `${report}\n`,
      format: "vitest-json",
      "exit-code": "0",
      suite: "unit",
      key: readFileSync(join(keys, "key"), "utf8").trim(),
    };
    const values = Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]),
    );
    const { statuses, output } = runSteps(path, stepsOf("actions/evidence/action.yml"), {
      cwd: app.folder,
      values: { ...inputsOf(path), ...values },
      env: { PATH, NODE_COMPILE_CACHE, TMPDIR: keys },
      skip: ["Upload"],
    });
    expect({ statuses, output }).toEqual({
      statuses: { "Hand in": 0 },
      output: expect.stringContaining("PRE-01"),
    });
    expect(readdirSync(keys).sort()).toEqual(["key", "key.pub"]);
  });
});

it("the reusable workflow runs scripts that the package brings, and lets its caller's rights stand", () => {
  const text = read(".github/workflows/readiness.yml");
  const scripts = [...text.matchAll(/node_modules\/production-readiness\/(\S+\.sh)/g)].map(
    ([, path]) => path ?? "",
  );
  expect(scripts).toEqual(["actions/check.sh", "actions/comment.sh"]);
  for (const script of scripts) expect(existsSync(join(project, script))).toBe(true);
  expect(manifest.files).toContain("actions");
  expect(Object.keys(parse(text).on)).toEqual(["workflow_call"]);
});
