/** The folder that the bench works in: what it compares with, installed once, and each run's own files. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { parseDocument } from "yaml";
import { builtCli } from "../pulumi-cli/build.ts";

export const projectDir = join(import.meta.dirname, "../..");
const work = join(import.meta.dirname, ".work");
export const ourPack = join(projectDir, "policies");

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8")) as Manifest;

/** The command behind `npm run check`, from any folder. */
export function checkCommand(): string[] {
  const [, ...args] = manifest.scripts["check"]?.split(" ") ?? [];
  return [process.execPath, ...args.map((arg) => (/\.m?[jt]s$/.test(arg) ? join(projectDir, arg) : arg))];
}

/** The versions of Pulumi's SDKs that this project has: both sides get the same. */
function ours(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, manifest.dependencies[name] ?? "latest"]));
}

/** Pulumi's template `aws-typescript` (pulumi/templates), as `pulumi new` writes it. @returns its folder */
export function installTemplate(): string {
  return install("template", {
    "package.json": json({
      name: "bench",
      main: "index.ts",
      devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
      dependencies: ours("@pulumi/aws", "@pulumi/pulumi"),
    }),
    "Pulumi.yaml": "name: bench\nruntime: nodejs\n",
    "tsconfig.json": json({
      compilerOptions: {
        strict: true,
        outDir: "bin",
        target: "es2020",
        module: "nodenext",
        moduleResolution: "nodenext",
        sourceMap: true,
        experimentalDecorators: true,
        pretty: true,
        noFallthroughCasesInSwitch: true,
        noImplicitReturns: true,
        forceConsistentCasingInFileNames: true,
      },
      files: ["index.ts"],
    }),
  });
}

/** AWSGuard's template `awsguard-typescript` (pulumi/templates-policy). @returns its folder */
export function installAwsGuard(): string {
  return install("awsguard", {
    "package.json": json({
      name: "awsguard-typescript",
      version: "0.0.1",
      dependencies: { "@pulumi/awsguard": "0.3.1", ...ours("@pulumi/pulumi", "@pulumi/policy") },
      devDependencies: { "@types/node": "24.13.0" },
    }),
    "PulumiPolicy.yaml": "description: A minimal AWSGuard Policy Pack using TypeScript.\nruntime: nodejs\n",
    "tsconfig.json": json({
      compilerOptions: {
        outDir: "bin",
        target: "es6",
        module: "commonjs",
        moduleResolution: "node",
        declaration: true,
        sourceMap: false,
        stripInternal: true,
        experimentalDecorators: true,
        pretty: true,
        noFallthroughCasesInSwitch: true,
        noImplicitAny: true,
        noImplicitReturns: true,
        forceConsistentCasingInFileNames: true,
        strictNullChecks: true,
      },
      files: ["index.ts"],
    }),
    "index.ts": 'import { AwsGuard } from "@pulumi/awsguard";\n\nnew AwsGuard({ all: "advisory" });\n',
  });
}

/** A pack that asks for nothing: what it takes is the engine's protocol. @returns its folder */
export function writeEmptyPack(folder: string): string {
  return writeFiles(folder, {
    "package.json": json({ name: "empty", version: "0.0.1", type: "module", main: "index.js" }),
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "index.js": `import { PolicyPack } from "@pulumi/policy";

const validateResource = () => {};
new PolicyPack("empty", { policies: [{ name: "none", description: "", validateResource }] });
`,
  });
}

type Files = Readonly<Record<string, string>>;

function install(name: string, files: Files): string {
  const folder = join(work, name);
  const manifest = join(folder, "package.json");
  const installed = existsSync(join(folder, "node_modules", ".package-lock.json"));
  const current = installed && readFileSync(manifest, "utf8") === files["package.json"];
  writeFiles(folder, files);
  if (current) return folder;
  // Install scripts would download provider plugins.
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  const npm = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (npm.status !== 0) throw new Error(`npm install failed in ${folder}:\n${npm.stderr}`);
  return folder;
}

/** A folder for the files of this run; it goes when the process ends. */
export function runFolder(): string {
  mkdirSync(work, { recursive: true });
  const folder = mkdtempSync(join(work, "run-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A program that runs natively, with the modules of this project. */
export function writeNativeProgram(folder: string, source: string): string {
  return writeFiles(folder, {
    "package.json": json({ type: "module", main: "index.ts" }),
    "Pulumi.yaml": nativeProject("bench", "index.ts"),
    "index.ts": source,
  });
}

/** This project with stack files of the bench's own. @param stackFiles by the name of the stack */
export function writeProject(folder: string, stackFiles: Files): string {
  const files = Object.entries(stackFiles).map(([stack, text]) => [`Pulumi.${stack}.yaml`, text] as const);
  return writeFiles(folder, {
    "Pulumi.yaml": nativeProject("readiness", relative(folder, join(projectDir, "index.ts"))),
    ...Object.fromEntries(files),
  });
}

/** This project's way of running a program, for another one. */
function nativeProject(name: string, main: string): string {
  const file = parseDocument(readFileSync(join(projectDir, "Pulumi.yaml"), "utf8"));
  const nodeargs = ["runtime", "options", "nodeargs"];
  if (file.hasIn(nodeargs)) {
    file.setIn(nodeargs, String(file.getIn(nodeargs)).replaceAll("./", `${projectDir}/`));
  }
  file.set("name", name);
  file.set("main", main);
  return file.toString();
}

export function writeFiles(folder: string, files: Files): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The environment in which the CLI finds its plugins: the language host, and stand-ins for the providers. */
export function engineEnvironment(folder: string): NodeJS.ProcessEnv {
  const cli = builtCli();
  for (const name of ["backend", "clouds", "home", "bin"]) mkdirSync(join(folder, name), { recursive: true });
  const languageHost = join(projectDir, "tools/pulumi-cli/language-host/main.ts");
  const shim = `#!/bin/sh\nexec node ${languageHost} "$@"\n`;
  writeFileSync(join(folder, "bin/pulumi-language-nodejs"), shim, { mode: 0o755 });
  const path = [
    join(folder, "bin"),
    dirname(cli),
    join(projectDir, "tests/pulumi/stand-ins/bin"),
    join(projectDir, "node_modules/.bin"),
    process.env["PATH"],
  ];
  return {
    ...process.env,
    PATH: path.join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    STAND_IN_DIR: join(folder, "clouds"),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
