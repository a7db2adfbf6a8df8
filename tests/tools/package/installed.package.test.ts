/** The npm package in a project of somebody else's: a program of three lines, and the stack files. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { emptyProject as folder } from "../../../tools/package/empty-project.ts";
import { Analyzer } from "../../policies/support/analyzer.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";
import { fixtures, project } from "../../readiness/project.ts";

const program = `import { declareReadiness } from "production-readiness";

export const { url, nameServers, dsRecord } = declareReadiness();
`;
const parts = `import { Database } from "production-readiness/components/database";
import { rules } from "production-readiness/rules";
import { policiesOf } from "production-readiness/policies/crossguard";
import { readiness } from "production-readiness/cli";

export const used: [string, number, string] = [Database.name, rules.length, policiesOf.name];
export const status: number = await readiness(["check", "--stack", "nowhere"]);
process.stdout.write(JSON.stringify({ used, status }));
`;
const pack = {
  "PulumiPolicy.yaml": "runtime: nodejs\n",
  "package.json": JSON.stringify({ version: "1.0.0", type: "module", main: "index.cjs" }),
  "index.cjs": 'module.exports = import("production-readiness/policy-pack");\n',
};

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);

beforeAll(() => {
  for (const stack of ["staging", "prod"]) {
    cpSync(join(fixtures, `Pulumi.${stack}.yaml`), join(folder, `Pulumi.${stack}.yaml`));
  }
  write("Pulumi.yaml", stringify({ name: "readiness", runtime: "nodejs", main: "index.ts" }));
  write("index.ts", program);
  write("parts.ts", parts);
  mkdirSync(join(folder, "policies"), { recursive: true });
  for (const [name, text] of Object.entries(pack)) write(`policies/${name}`, text);
});

interface Report {
  readonly stacks: readonly {
    readonly verdict: string;
    readonly findings: readonly {
      readonly source: { readonly file: string; readonly line: number } | null;
    }[];
  }[];
}

/** Where it was computed, and when, is another matter. */
const elsewhere = ["commit", "generated", "source", "warnings", "onCall"];

function check(cli: readonly string[], cwd: string, stack: string): Report {
  const out = join(tmpdir(), `readiness-package-${process.pid}.json`);
  const [program = "", ...args] = cli;
  spawnSync(program, [...args, "check", "--stack", stack, "--format", "json", "--out", out], { cwd });
  const report = JSON.parse(readFileSync(out, "utf8"));
  rmSync(out);
  return report;
}

const own = [process.execPath, join(project, "readiness/cli.mjs")];
const theirs = [process.execPath, join(folder, "node_modules/production-readiness/readiness/cli.mjs")];

describe.each(["staging", "prod"])("the package's check of %s", (stack) => {
  let installed: Report;
  beforeAll(() => {
    installed = check(theirs, folder, stack);
  });

  it("finds what the repository's finds", () => {
    const bare = (report: Report) =>
      JSON.parse(
        JSON.stringify(report, (key, value) => (elsewhere.includes(key) ? undefined : value)),
      ) as Report;
    const [found] = installed.stacks;
    expect(found?.findings.length).toBeGreaterThan(1000);
    expect(bare(installed)).toEqual(bare(check(own, fixtures, stack)));
  });

  it("points at the program's line", () => {
    const places = installed.stacks[0]?.findings.flatMap(({ source }) => source ?? []) ?? [];
    expect(new Set(places.map(({ file, line }) => `${file}:${line}`))).toContain("index.ts:3");
    expect(places.filter(({ file }) => file.includes("node_modules"))).toEqual([]);
  });
});

it("its command stands where npx finds it", () => {
  const said = execFileSync("npx", ["--no-install", "readiness", "explain", "DB-02"], { cwd: folder });
  expect(String(said)).toContain("database-backups-retained");
});

it.each([
  ["cost", "--stack", "prod"],
  ["oncall", "--stack", "prod"],
  ["drill", "--alert", "service-outage"],
  ["backtest", "--columns"],
  ["mutate", "--stack", "staging", "--type", "aws:acm/certificate:Certificate"],
])("%s works there", (...command) => {
  const [program = "", cli = ""] = theirs;
  const { status, stderr, stdout } = spawnSync(program, [cli, ...command], { cwd: folder, encoding: "utf8" });
  expect({ status, stderr: /error|Cannot find/.exec(stderr) }).toEqual({ status: 0, stderr: null });
  expect(stdout.length).toBeGreaterThan(100);
});

it("its types are those of its parts", () => {
  const settings = { target: "esnext", module: "nodenext", strict: true, noEmit: true, types: ["node"] };
  const compile = (file: string, options: object) => {
    write("tsconfig.json", JSON.stringify({ compilerOptions: { ...settings, ...options }, files: [file] }));
    const tsc = join(folder, "node_modules/typescript-native/bin/tsc");
    return spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" }).stdout;
  };
  expect(compile("index.ts", {})).toBe("");
  // The declarations of Pulumi's policy SDK do not compile by themselves.
  expect(compile("parts.ts", { skipLibCheck: true })).toBe("");
  write("wrong.ts", `import { declareReadiness } from "production-readiness";\ndeclareReadiness(1);\n`);
  expect(compile("wrong.ts", {})).toContain("wrong.ts(2,18): error TS2345");
});

it("each part can be imported by itself", () => {
  const { status, stdout } = spawnSync(process.execPath, ["parts.ts"], { cwd: folder, encoding: "utf8" });
  expect(status).toBe(0);
  // Of the command line the status of a stack that is not there.
  expect(JSON.parse(stdout)).toEqual({ used: ["Database", expect.any(Number), "policiesOf"], status: 2 });
});

it("the policy pack starts from a folder of the project's", async () => {
  const analyzer = await Analyzer.start(join(folder, "policies"), { stack: "staging", preview: true });
  try {
    const found = await analyzer.analyzeStack(
      fixtureStacks.staging.map((r) =>
        r.type === "aws:rds/instance:Instance" ? { ...r, props: { ...r.props, storageEncrypted: false } } : r,
      ),
    );
    expect(found.map(({ message }) => message).join()).toContain("[database-storage-encrypted]");
  } finally {
    await analyzer.stop();
  }
});

it("its components are served to other languages", async () => {
  const provider = join(folder, "node_modules/production-readiness/provider");
  const runner = join(folder, "node_modules/@pulumi/pulumi/cmd/run-plugin");
  // Where a program of another language is, there is no tsconfig.json, which Pulumi's runner would compile by.
  const plugin = spawn(process.execPath, [runner, provider, "127.0.0.1:1"], { cwd: provider });
  try {
    const [port] = await Promise.race([
      once(plugin.stdout, "data"),
      once(plugin, "exit").then(([status]) => expect.fail(`it ended with status ${status}`)),
    ]);
    const client = new services.ResourceProviderClient(
      `127.0.0.1:${Number(port)}`,
      credentials.createInsecure(),
    );
    const schema = await new Promise<string>((resolve, reject) => {
      client.getSchema(
        new proto.GetSchemaRequest(),
        (error: Error | null, answer: proto.GetSchemaResponse) =>
          error ? reject(error) : resolve(answer.getSchema()),
      );
    });
    client.close();
    expect(Object.keys(JSON.parse(schema).resources)).toContain("production-readiness:index:Readiness");
  } finally {
    plugin.kill();
  }
});

it("takes the SDKs that the program has, and runs nothing as it is installed", () => {
  const installed = JSON.parse(
    readFileSync(join(folder, "node_modules/production-readiness/package.json"), "utf8"),
  );
  expect(Object.keys(installed.dependencies).filter((name) => name.startsWith("@pulumi"))).toEqual([]);
  expect(Object.keys(installed.peerDependencies)).toContain("@pulumiverse/vercel");
  expect(installed.scripts).toBeUndefined();
});
