/** Machines that lack something, and folders with odd names: a line that says what is missing, or all is well. */
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { trackedFiles } from "../support/project-files.ts";
import { fixtures, NODE_COMPILE_CACHE, PATH, project, type Run, run } from "./project.ts";
import { credentials } from "./pulumi/world.ts";

/** A whole project, in a folder whose name has a blank and letters of other languages. */
let home: string;
let cwd: string;
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "readiness ünï ")));
  cwd = join(home, "my prödukt");
  const whole = /^(components|model|policies|readiness)\/|^(index\.ts|package\.json|supported-node\.cjs)$/;
  for (const file of trackedFiles().filter((path) => whole.test(path))) {
    cpSync(join(project, file), join(cwd, file));
  }
  for (const file of ["Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.staging.yaml"]) {
    cpSync(join(file === "Pulumi.yaml" ? project : fixtures, file), join(cwd, file));
  }
  symlinkSync(join(project, "node_modules"), join(cwd, "node_modules"));
});
afterEach(() => {
  for (const name of ["tools", "bin", ".pulumi"]) rmSync(join(cwd, name), { recursive: true, force: true });
});
afterAll(() => rmSync(home, { recursive: true }));

/** No machine answers. */
const offline = `--import=data:text/javascript,${encodeURIComponent(
  "globalThis.fetch = async () => { throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ENOTFOUND' }) }); };",
)}`;

function here(args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Run> {
  const env = { ...credentials, HOME: home, NODE_COMPILE_CACHE, PATH, NODE_OPTIONS: offline, ...more };
  return run(args, { cwd, env, cli: cwd });
}

/** A program that says which it is, and its version where it is asked for that. */
function makeProgram(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "pulumi");
  writeFileSync(path, `#!/bin/sh\n[ "$1" = version ] && echo "v${version}" || echo "${version} ran $1"\n`);
  chmodSync(path, 0o755);
  return path;
}

function said({ status, stdout, stderr }: Run, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stdout).toBe("");
  expect(status).toBe(2);
}

const preview = ["preview", "--stack", "staging"];

describe("without a network", () => {
  const missing =
    /error: there is no Pulumi CLI, and 3\.[\d.]+ cannot be downloaded \(fetch failed: ENOTFOUND\).*`npm run pulumi-cli`.*PULUMI_CLI=/;

  it.each(["preview", "up", "drift", "recover"])("%s says which CLI it would need", async (name) => {
    const yes = name === "up" || name === "recover" ? ["--yes"] : [];
    const { status, stderr } = await here([name, "--stack", "staging", ...yes]);
    expect(stderr).toMatch(missing);
    expect(stderr.trimEnd().split("\n").at(-1)).toMatch(missing);
    expect(stderr).not.toMatch(/report it|^ {4}at /m);
    expect(status).toBe(2);
  });

  it("the one that was built is taken", async () => {
    makeProgram(join(cwd, "tools/pulumi-cli/bin"), "3.250.0");
    expect((await here(preview)).stdout).toMatch(/^3\.250\.0 ran preview\n/);
  });

  it("the one that was downloaded comes before it", async () => {
    makeProgram(join(cwd, "tools/pulumi-cli/bin"), "3.250.0");
    const PULUMI_HOME = join(cwd, ".pulumi");
    makeProgram(join(PULUMI_HOME, "versions/3.999.0/bin"), "3.999.0");
    const { stdout } = await here(preview, { PULUMI_HOME, PULUMI_VERSION: "3.999.0" });
    expect(stdout).toMatch(/^3\.999\.0 ran preview\n/);
  });

  it.each([
    ["3.251.0", true],
    ["3.249.9", false],
    ["4.300.0", false],
  ])("one on PATH of version %s is taken: %s", async (version, taken) => {
    const path = makeProgram(join(cwd, "bin"), version);
    const ran = await here(preview, { PATH: [join(cwd, "bin"), PATH].join(delimiter) });
    if (taken) expect(ran.stdout).toMatch(new RegExp(`^${version} ran preview\\n`));
    else expect(ran.stderr).toContain(`${path} is ${version}, must be 3.250 or later`);
  });
});

it("a CLI that is named is taken, or nothing", async () => {
  const PULUMI_CLI = makeProgram(join(cwd, "bin"), "3.1.0");
  expect((await here(preview, { PULUMI_CLI })).stdout).toMatch(/^3\.1\.0 ran preview\n/);
  said(
    await here(preview, { PULUMI_CLI: join(cwd, "no such") }),
    /^error: PULUMI_CLI names .*no such, which/,
  );
  writeFileSync(PULUMI_CLI, "#!/nowhere/sh\n");
  said(await here(preview, { PULUMI_CLI }), /^error: .* cannot be started \(ENOENT\)$/m);
});

it("a folder for the CLI that cannot be made is told, with the way round it", async () => {
  const file = join(cwd, "Pulumi.yaml");
  const { status, stderr } = await here(preview, { PULUMI_HOME: file });
  expect(stderr).toMatch(/^error: .*\(ENOTDIR at .*; PULUMI_HOME names another folder\)/);
  expect(status).toBe(2);
});

it("a folder for temporary files that is not there is told", async () => {
  const PULUMI_CLI = makeProgram(join(cwd, "bin"), "3.265.0");
  const drift = ["drift", "--stack", "staging"];
  said(await here(drift, { PULUMI_CLI, TMPDIR: join(cwd, "gone") }), /^error: ENOENT: .*mkdtemp/);
});

describe("without git", () => {
  const bare = () => {
    const bin = join(cwd, "bin");
    mkdirSync(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, "node"));
    return { PATH: bin };
  };

  it("check ends GO", async () => {
    const { status, stdout, stderr } = await here(["check", "--quiet"], bare());
    expect(stderr).toBe("");
    expect(stdout).toContain("GO  staging");
    expect(status).toBe(0);
  });

  it("what is bound to a commit says that there is none", async () => {
    said(
      await here(["release", "--stack", "prod"], bare()),
      /a release is of a commit: git is not installed/,
    );
  });
});

it("without a home folder check and what a preview lacks are told as ever", async () => {
  const env = { HOME: undefined, PULUMI_ACCESS_TOKEN: "", PULUMI_BACKEND_URL: "" };
  expect((await here(["check", "--quiet"], env)).status).toBe(0);
  const { status, stderr } = await here(preview, { ...env, DD_API_KEY: "" });
  expect(stderr).toMatch(/^Nothing was started: credentials for staging are missing\.\n/);
  expect(status).toBe(2);
});

it("a file that cannot be written is told", async () => {
  const out = join(cwd, "Pulumi.yaml", "report.json");
  const { status, stderr } = await here(["check", "--format", "json", "--out", out]);
  expect(stderr).toMatch(/^error: .*ENOTDIR|^error: .*report\.json/);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(status).toBe(2);
});
