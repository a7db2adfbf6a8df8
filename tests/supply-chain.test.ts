/** What CI installs and downloads: nothing of it runs as it is installed, all of it is held to a hash. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import packageJson from "../package.json" with { type: "json" };
import lock from "../package-lock.json" with { type: "json" };

const project = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(project, path), "utf8");
const workflows = readdirSync(join(project, ".github/workflows")).map((name) => `.github/workflows/${name}`);
const scripts = readdirSync(join(project, ".ci")).map((name) => `.ci/${name}`);
const texts = new Map([...workflows, ...scripts, "docs/evidence.md"].map((path) => [path, read(path)]));

/** Without the folder that is meant. */
const installs = [...texts, ["README.md", "npm ci"] as const].flatMap(([path, text]) =>
  [...text.matchAll(/npm (?:ci|i|install)\b[^\n&|;`]*/g)].map(
    ([command]) => [path, command.replace(/ --prefix \S+/, "").trim()] as const,
  ),
);

/** Without the settings of the npm that runs the tests. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

describe("a package's install script", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "readiness-install-"));
    const write = (path: string, content: object) =>
      writeFileSync(join(folder, path), JSON.stringify(content));
    mkdirSync(join(folder, "rogue"));
    const mark = `node -e "require('fs').writeFileSync(process.env.INIT_CWD + '/ran', '')"`;
    const hooks = { preinstall: mark, install: mark, postinstall: mark };
    write("rogue/package.json", { name: "rogue", version: "1.0.0", scripts: hooks });
    npm("pack", "./rogue", "--silent");
    write("package.json", {
      name: "scratch",
      version: "1.0.0",
      dependencies: { rogue: "file:rogue-1.0.0.tgz" },
    });
    npm("install", "--package-lock-only", "--ignore-scripts", "--no-audit");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const npm = (...args: readonly string[]) =>
    execFileSync("npm", ["--no-update-notifier", ...args], { cwd: folder, stdio: "pipe", env });
  const ranWith = (command: string) => {
    rmSync(join(folder, "ran"), { force: true });
    npm(...command.split(" ").slice(1));
    expect(existsSync(join(folder, "node_modules/rogue/package.json"))).toBe(true);
    return existsSync(join(folder, "ran"));
  };

  it("would run by npm's own settings", () => {
    expect(ranWith("npm ci")).toBe(true);
  });

  it("runs by no command of a job, whatever the settings", () => {
    const inJobs = new Set(installs.filter(([path]) => path !== "README.md").map(([, command]) => command));
    expect(inJobs.size).toBeGreaterThan(0);
    for (const command of inJobs) expect(`${command}: ${ranWith(command)}`).toBe(`${command}: false`);
  });

  it("does not run by the project's settings", () => {
    cpSync(join(project, ".npmrc"), join(folder, ".npmrc"));
    expect(ranWith("npm ci")).toBe(false);
    rmSync(join(folder, ".npmrc"));
  });

  it("is what no package needs that starts what is here", () => {
    const named = Object.entries(lock.packages).filter(([, entry]) => "hasInstallScript" in entry);
    expect(named.map(([path]) => path)).toEqual([
      "node_modules/@pulumi/pagerduty",
      "node_modules/protobufjs",
    ]);
  });
});

describe("what is downloaded", () => {
  it("is an npm package of one content", () => {
    const entries = Object.entries(lock.packages).filter(([path]) => path !== "");
    const loose = entries.filter(
      ([, entry]) => !("integrity" in entry && entry.integrity.startsWith("sha512-")),
    );
    expect(loose).toEqual([]);
    expect(installs.map(([, command]) => command).filter((command) => !command.startsWith("npm ci"))).toEqual(
      [],
    );
  });

  it("brings the Node.js that scripts run on, for each machine one", () => {
    const names = Object.keys(packageJson.optionalDependencies);
    const brought = names.map((name) => lock.packages[`node_modules/${name}` as keyof typeof lock.packages]);
    expect(brought.length).toBeGreaterThan(3);
    for (const entry of brought) {
      expect(entry).toMatchObject({ bin: { node: expect.any(String) }, optional: true });
      expect(entry).toMatchObject({ os: expect.anything(), cpu: expect.anything() });
    }
  });

  it("is nothing that a version alone names", () => {
    const loose =
      /\b(curl|wget|pipx?x?|uvx|npx (-y|--yes|pulumi)|npm exec|go run \S+@|go install \S+@|docker|actions\/setup-\w+)\b.*/g;
    const held =
      /pip" install .*--require-hashes --only-binary :all: --requirement "\$pins\/requirements\.txt"$/;
    const found = [...texts]
      .filter(([path]) => !path.startsWith("docs/"))
      .flatMap(([path, text]) =>
        text
          .split("\n")
          .filter((line) => !/^\s*#/.test(line) && line.match(loose) && !held.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });

  it("is a Python package of listed contents", () => {
    const [, ...blocks] = read("tools/python/requirements.txt").split(/^(?=[a-z0-9-]+==)/m);
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks.filter((block) => !/--hash=sha256:[0-9a-f]{64}/.test(block))).toEqual([]);
    for (const line of read("tools/python/requirements.in").trim().split("\n")) {
      expect(blocks.some((block) => block.startsWith(`${line} `))).toBe(true);
    }
  });

  it.each(["tools/lint-workflows", "tools/pulumi-cli"])("is a Go module with its sum: %s", (folder) => {
    const sums = read(`${folder}/go.sum`);
    const modules = [...read(`${folder}/go.mod`).matchAll(/^\t([a-z][\w./-]+) (v\S+)( \/\/ indirect)?$/gm)];
    expect(modules.length).toBeGreaterThan(5);
    const replaced = new Set(
      [...read(`${folder}/go.mod`).matchAll(/^(?:replace )?(\S+) =>/gm)].map(([, m]) => m),
    );
    const loose = modules.filter(
      ([, name, version]) => !replaced.has(name) && !sums.includes(`${name} ${version}`),
    );
    expect(loose.map(([line]) => line)).toEqual([]);
    expect(read(`${folder}/go.mod`)).toMatch(/^toolchain go\d+\.\d+\.\d+$/m);
  });

  it("is no Pulumi CLI: a job that runs one has built it", () => {
    interface Job {
      readonly steps: readonly { readonly run?: string }[];
    }
    const jobs = workflows.flatMap((path) =>
      Object.values((parse(read(path)) as { jobs: Record<string, Job> }).jobs),
    );
    const run = /npm run (up|preview|drift|recover) |npm run release .*--run|npx pulumi/;
    const running = jobs.filter(({ steps }) => steps.some((step) => run.test(step.run ?? "")));
    expect(running.length).toBeGreaterThan(3);
    for (const { steps } of running) {
      const at = (what: RegExp) => steps.findIndex((step) => what.test(step.run ?? ""));
      expect(at(/^npm run pulumi-cli$/)).toBeGreaterThan(at(/^npm ci /));
      expect(at(run)).toBeGreaterThan(at(/^npm run pulumi-cli$/));
    }
  });
});

it("the settings leave what people type as it is", () => {
  const asked = ["config", "get", "ignore-scripts"];
  const { stdout } = spawnSync("npm", asked, { cwd: project, encoding: "utf8", env });
  expect(stdout.trim()).toBe("true");
  // npm would not run them any more.
  const hooks = Object.keys(packageJson.scripts).filter((name) => {
    const [, hooked = ""] = /^(?:pre|post)(.+)$/.exec(name) ?? [];
    return Object.hasOwn(packageJson.scripts, hooked);
  });
  expect(hooks).toEqual([]);
});
