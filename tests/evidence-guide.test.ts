/** What docs/evidence.md shows can be copied. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { signOffs } from "../model/checklist/sign-offs.ts";
import { platform } from "../model/on-call/routing.ts";
import packageJson from "../package.json" with { type: "json" };
import { formats } from "../readiness/proofs/evidence/formats.ts";
import { readSigners } from "../readiness/proofs/signers.ts";
import { waiversSchema } from "../readiness/proofs/waivers/waiver.ts";

const project = join(import.meta.dirname, "..");
const guide = readFileSync(join(project, "docs/evidence.md"), "utf8");
const workflows = join(project, ".github/workflows");
const shipped = readdirSync(workflows).map((file) => readFileSync(join(workflows, file), "utf8"));

/** The example of a file, which names itself in its first line. */
function example(file: string): string {
  const blocks = [...guide.matchAll(/```yaml\n# ([^\n]+)\n(.*?)```/gs)];
  const text = blocks.find(([, name]) => name === file)?.[2];
  if (text === undefined) throw new Error(`no example of ${file}`);
  return text;
}

it("signers and waivers are well-formed", () => {
  const { value, issues } = readSigners(example("signers.yaml"));
  expect(issues).toEqual([]);
  // All that a production needs to become GO.
  const signing = new Set(Object.values(signOffs).map(({ role }) => role));
  expect(new Set(value?.people.flatMap(({ roles }) => roles))).toEqual(signing);
  expect(value?.evidence.map(({ service }) => service)).toContain(platform);
  expect(waiversSchema.safeParse(parse(example("waivers.yaml"))).error).toBeUndefined();
});

it("the workflow's actions are those of this repository", () => {
  const uses = [...example(".github/workflows/evidence.yml").matchAll(/uses: (.+)/g)].map(([use]) => use);
  expect(uses.length).toBeGreaterThan(2);
  expect(uses.filter((use) => !shipped.some((text) => text.includes(use)))).toEqual([]);
});

it("the workflow runs on its branch, without an environment, which is what its role takes tokens of", () => {
  const { on, jobs } = parse(example(".github/workflows/evidence.yml"));
  expect(on).toEqual({ push: { branches: ["main"] } });
  expect(jobs.evidence).not.toHaveProperty("environment");
  expect(jobs.evidence.permissions).toEqual({ contents: "read", "id-token": "write" });
});

it("commands and formats are there", () => {
  const text = `${guide}\n${readFileSync(join(project, "README.md"), "utf8")}`;
  const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
  expect(commands.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  const named = [...text.matchAll(/evidence -- collect[^`]*?--format (\S+)/g)].map(([, name = ""]) => name);
  expect(named).not.toEqual([]);
  expect(named.filter((name) => !formats.has(name))).toEqual([]);
});
