import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import packageJson from "../package.json" with { type: "json" };
import { listStacks } from "../readiness/inputs/stack-file.ts";

const project = join(import.meta.dirname, "..");
const folder = join(project, ".github/workflows");

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = readdirSync(folder);
const texts = new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
const workflows = [...texts].map(([file, text]) => [file, parse(text) as Workflow] as const);
const jobs = workflows.flatMap(([file, { on, jobs }]) =>
  Object.entries(jobs).map(([name, job]) => ({ name: `${file} ${name}`, job, on })),
);
const steps = jobs.flatMap(({ job }) => job.steps);

/** Stacks that a job updates. */
function updated({ steps }: Job): string[] {
  return steps.flatMap(({ run = "" }) =>
    [...run.matchAll(/npm run (?:up|release) -- --stack (\S+)/g)].map((m) => m[1] ?? ""),
  );
}

it("actions are pinned by commit, one commit for each version", () => {
  const uses = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/uses: (.+)/g)].map((m) => m[1] ?? ""),
  );
  expect(uses.filter((use) => !/^[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  const pins = new Set(uses.map((use) => use.replace(/(\/[\w-]+)\/[\w-]+@/, "$1@")));
  expect(new Set([...pins].map((pin) => pin.split("@")[0])).size).toBe(pins.size);
});

it("what runs is a script of this package", () => {
  const named = steps.flatMap(({ run = "" }) =>
    [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((m) => m[1]),
  );
  expect(named).not.toEqual([]);
  expect(named.filter((name) => !Object.hasOwn(packageJson.scripts, name ?? ""))).toEqual([]);
});

it("no value of an event or a secret is pasted into a script", () => {
  expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
});

it("no workflow runs a stranger's code with this repository's rights", () => {
  expect(workflows.filter(([, { on }]) => "pull_request_target" in on || "workflow_run" in on)).toEqual([]);
});

describe.each(workflows)("%s", (_, { permissions }) => {
  it("gives no rights but those that a job asks for", () => {
    expect(permissions).toEqual({});
  });
});

describe.each(jobs)("$name", ({ job, on }) => {
  const secrets = JSON.stringify(job).includes("secrets.");

  it("can write only what it has to", () => {
    const { contents, ...others } = job.permissions ?? {};
    expect(contents).toBe("read");
    const written = ["id-token", "issues", "pull-requests", "security-events"];
    expect(Object.keys(others).filter((name) => !written.includes(name))).toEqual([]);
  });

  it("leaves no token behind in the checkout", () => {
    const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual([false]);
  });

  it("has secrets and AWS only within an environment, and not for a fork", () => {
    const aws = job.permissions?.["id-token"] === "write";
    if (!secrets && !aws) return;
    expect(job.environment).toBeDefined();
    if ("pull_request" in on) expect(job.if).toContain("head.repo.full_name == github.repository");
  });

  it("has what is production's on main alone", () => {
    if (!/^prod|matrix\.stack/.test(job.environment ?? "")) return;
    const { push, schedule, workflow_dispatch, ...others } = on;
    expect(others).toEqual({});
    if (push !== undefined) expect(push).toEqual({ branches: ["main"] });
    if (workflow_dispatch !== undefined) expect(job.if).toContain("github.ref == 'refs/heads/main'");
  });

  it("logs in to AWS by a role", () => {
    expect(JSON.stringify(job)).not.toMatch(/AWS_(ACCESS|SECRET)|aws-(access|secret)/);
  });

  it("hands secrets to the steps that need them, after the packages are installed", () => {
    const install = job.steps.findIndex(({ run }) => run?.startsWith("npm ci"));
    const first = job.steps.findIndex((step) => JSON.stringify(step).includes("secrets."));
    expect(first === -1 || first > install).toBe(true);
    expect(JSON.stringify({ ...job, steps: [] })).not.toContain("secrets.");
  });

  it("updates one stack at a time, in its own environment, the very commit, and is not cut off", () => {
    for (const stack of updated(job)) {
      expect(job.environment).toBe(stack);
      expect(job.concurrency).toEqual({ group: `stack-${stack}`, "cancel-in-progress": false });
      const [checkout] = job.steps;
      expect(checkout?.with?.["ref"]).toMatch(/^\$\{\{ github\.sha \}\}$/);
      expect(job.steps.find(({ run }) => run?.includes("npm run release"))?.run).toMatch(/ --run .*--yes$/);
    }
  });
});

it("production is planned and updated with the evidence of the moment, and with its role", () => {
  const deploy = workflows.find(([file]) => file === "deploy.yml")?.[1].jobs ?? {};
  const place = ({ steps }: Job, what: RegExp) => steps.findIndex(({ run = "" }) => what.test(run));
  for (const name of ["production-plan", "production"]) {
    const job = deploy[name] as Job;
    const login = job.steps.findIndex(({ uses }) => uses?.startsWith("aws-actions/"));
    const fetched = place(job, /aws s3 sync .*\/evidence" evidence\n.*\/releases" releases/);
    expect(fetched).toBeGreaterThan(login);
    expect(place(job, /npm run (release|check) -- --stack prod/)).toBeGreaterThan(fetched);
  }
});

it("what production shows after an update decides whether its app goes back", () => {
  const deploy = workflows.find(([file]) => file === "deploy.yml")?.[1].jobs ?? {};
  const { steps } = deploy["production"] as Job;
  const release = steps.find(({ run = "" }) => run.includes("npm run release"));
  expect(release?.run).toContain("--until production --supersede --take-back");
  // Whom it asks, by what it carries out.
  for (const name of ["VERCEL_API_TOKEN", "DD_API_KEY", "VERIFY_USER", "PULUMI_BACKEND_URL"]) {
    expect(Object.keys(release?.env ?? {})).toContain(name);
  }
});

describe("the log of a release", () => {
  const { staging, production } = (workflows.find(([file]) => file === "deploy.yml")?.[1].jobs ??
    {}) as Record<string, Job>;
  const places = (job: Job | undefined, ...what: readonly RegExp[]) =>
    what.map((each) => job?.steps.findIndex(({ run = "" }) => each.test(run)));

  it("of staging comes to production's machine as it was", () => {
    const [released, handed] = places(staging, /npm run release/, /base64/);
    expect(handed).toBeGreaterThan(released ?? Number.NaN);
    const step = staging?.steps[handed ?? -1];
    expect(staging?.outputs).toEqual({ log: `\${{ steps.${step?.id}.outputs.log }}` });
    const [synced, taken, led] = places(production, /s3 sync "s3:/, /base64/, /npm run release/);
    expect([synced, taken, led]).toEqual([synced, taken, led].toSorted());
    expect(production?.needs).toContain("staging");
    expect(production?.steps[taken ?? -1]?.env?.["LOG"]).toMatch(
      /^\$\{\{ needs\.staging\.outputs\.log \}\}$/,
    );

    const folder = mkdtempSync(join(tmpdir(), "deploy-"));
    const log = '{"entry":1,"by":"Ana Élise"}\n{"entry":2}\n';
    mkdirSync(join(folder, "releases/staging"), { recursive: true });
    writeFileSync(join(folder, "releases/staging/log.jsonl"), log);
    const run = (script: string | undefined, env: Record<string, string>) =>
      execFileSync("bash", ["-e", "-c", script ?? "false"], { cwd: folder, env: { ...process.env, ...env } });
    const output = join(folder, "output");
    run(step?.run, { GITHUB_OUTPUT: output });
    rmSync(join(folder, "releases"), { recursive: true });
    run(production?.steps[taken ?? -1]?.run, {
      LOG: readFileSync(output, "utf8").replace(/^log=|\n$/g, ""),
    });
    expect(readFileSync(join(folder, "releases/staging/log.jsonl"), "utf8")).toBe(log);
    rmSync(folder, { recursive: true });
  });

  it("of production is kept whatever came of it, with its record on the run's page", () => {
    const [led, kept] = places(production, /npm run release/, /s3 sync releases "s3:/);
    expect(kept).toBe((led ?? Number.NaN) + 1);
    const step = production?.steps[kept ?? -1];
    expect(step?.if).toMatch(/^\$\{\{ !cancelled\(\) \}\}$/);
    expect(step?.run).toMatch(/record\.md .*>> "\$GITHUB_STEP_SUMMARY"/);
  });
});

it("a pull request waits for no evidence and no sign-off", () => {
  const preview = workflows.find(([file]) => file === "preview.yml")?.[1].jobs ?? {};
  const checks = Object.values(preview).flatMap(({ steps }) =>
    steps.filter(({ run }) => run?.includes("npm run check")),
  );
  expect(checks.map(({ run = "" }) => /npm run check.*/.exec(run)?.[0])).toEqual([
    expect.stringContaining("--all --for change"),
    expect.stringContaining("--all --for change"),
    expect.stringContaining("--all --for change"),
  ]);
});

it("what is deployed has a stack file, and is looked after for drift", () => {
  const deployed = jobs.flatMap(({ job }) => updated(job));
  expect(deployed).not.toEqual([]);
  expect(listStacks(project)).toEqual(expect.arrayContaining(deployed));
  const looks = workflows.find(([file]) => file === "drift.yml")?.[1].jobs;
  const every = { strategy: { matrix: { stack: expect.arrayContaining(deployed) } } };
  expect(looks).toMatchObject({ drift: every, waivers: every });
});

it("each comment links to the report of its run as a page that a browser shows", () => {
  const commenting = jobs.filter(({ job }) =>
    job.steps.some(
      ({ run }) => run?.includes("npm run --silent comment") || run?.includes("npm run comment"),
    ),
  );
  expect(commenting.map(({ name }) => name).sort()).toEqual([
    "deploy.yml production-plan",
    "preview.yml preview",
  ]);
  for (const { job } of commenting) {
    const place = (what: RegExp) => job.steps.findIndex((step) => what.test(step.run ?? step.uses ?? ""));
    const [written, uploaded, told] = [
      /--format html --out report\.html/,
      /^actions\/upload-artifact@/,
      / comment -- .*--page|--page "\$PAGE"/s,
    ].map(place);
    expect(uploaded).toBeGreaterThan(written ?? -1);
    expect(told).toBeGreaterThan(uploaded ?? -1);
    expect(written).toBeGreaterThan(-1);
    expect(job.steps[uploaded ?? 0]).toMatchObject({
      id: "page",
      with: { path: "report.html", archive: false },
    });
    expect(job.steps[told ?? 0]?.env?.["PAGE"]).toMatch(/^\$\{\{ steps\.page\.outputs\.artifact-url \}\}$/);
  }
});
