import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { unknownSecret } from "../../../policies/unknown-value.ts";
import { listStacks, loadStack, readStackFile } from "../../../readiness/inputs/stack-file.ts";
import { declaresNothing, temporary } from "../check/support.ts";
import { edited, errorIn } from "../check/wrong-config-support.ts";
import { edit, run } from "../project.ts";

/** A folder with these files, of which some may lie deeper. */
function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), "setup-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, ".."), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

const prod = edited();
const named = "name: readiness\nruntime: nodejs\n";

it("config of Pulumi.yaml holds for stacks that do not say otherwise", () => {
  const dir = project({
    "Pulumi.yaml": `${named}config:
  product: shop
  owner:
    type: string
    description: who answers for it
    default: shop-team
  readiness:repository: { value: example/shop }
  aws:region: eu-central-1
  pulumi:tags: { value: { a: b } }
`,
    "Pulumi.prod.yaml": edited(
      ["  readiness:product: portal\n", ""],
      ["  readiness:repository: example/portal-readiness\n", ""],
      ["  aws:region: eu-central-1\n", ""],
    ),
  });
  const { spec, config } = loadStack(dir, "prod");
  expect(spec).toMatchObject({
    product: "shop",
    owner: "web-platform",
    repository: "example/shop",
    region: "eu-central-1",
  });
  expect(Object.keys(config)).not.toContain("pulumi:tags");
});

it("what Pulumi.yaml asks of every stack is missing, or of the wrong type", () => {
  const dir = project({
    "Pulumi.yaml": `${named}config:\n  limit:\n    type: integer\n  product: { type: boolean }\n`,
    "Pulumi.prod.yaml": prod,
  });
  expect(errorIn(dir, "prod").issues.map(({ path, message }) => [path, message])).toEqual([
    ["readiness:limit", "missing, must be set: Pulumi.yaml has it without a default"],
    ["readiness:product", "must be of type boolean, as Pulumi.yaml says"],
  ]);
});

it.each(["stackConfigDir: stacks", "config: stacks", "stackConfigDir: ./stacks/"])(
  "stack files stand where Pulumi.yaml says: %s",
  (line) => {
    const dir = project({ "Pulumi.yaml": `${named}${line}\n`, "stacks/Pulumi.prod.yaml": prod });
    expect(listStacks(dir)).toEqual(["prod"]);
    expect(loadStack(dir, "prod").spec.product).toBe("portal");
  },
);

it.each(["/etc", "../elsewhere", "a/../../b"])("no stack file stands in %s", (folder) => {
  const dir = project({ "Pulumi.yaml": `${named}stackConfigDir: ${folder}\n` });
  expect(() => listStacks(dir)).toThrow("no folder of the project");
});

const secret = prod.replace("      path: /\n", "      path: /\n      secrets: [STRIPE_KEY]\n");

it.each([
  ["environment:\n  - portal/prod\n", "the environment portal/prod"],
  ["environment:\n  - portal/prod: { merge: false }\n  - common\n", "the environment portal/prod, common"],
  [
    "environment:\n  imports: [portal/prod]\n  values: { pulumiConfig: { a:b: c } }\n",
    "the environment portal/prod",
  ],
  ["environment:\n  values: { pulumiConfig: { a:b: c } }\n", "its environment"],
])("what an environment may hold is unknown, not missing: %j", (environment, name) => {
  const dir = project({
    "Pulumi.yaml": named,
    "Pulumi.prod.yaml": `${environment}${secret}`,
    "Pulumi.dev.yaml": `${environment}${prod.replace("  readiness:domain: portal.example.com\n", "")}`,
    "Pulumi.pr-1.yaml": environment,
    "Pulumi.pr-2.yaml": `${environment}${prod.replace("readiness:product: portal", "readiness:product: 7")}`,
  });
  expect(readStackFile(dir, "prod").environment).toBe(name);
  const { config, secretKeys } = loadStack(dir, "prod");
  expect(config["secrets:STRIPE_KEY"]).toBe(unknownSecret);
  expect(secretKeys).toEqual(["secrets:STRIPE_KEY"]);
  expect(() => loadStack(dir, "dev")).toThrow(
    `Pulumi.dev.yaml leaves readiness:domain to ${name}, which Pulumi alone can open`,
  );
  expect(() => loadStack(dir, "pr-1")).toThrow("which Pulumi alone can open");
  expect(errorIn(dir, "pr-2").issues).toHaveLength(1);
});

it("without an environment a secret is missing", () => {
  const dir = project({ "Pulumi.yaml": named, "Pulumi.prod.yaml": secret });
  expect(errorIn(dir, "prod").issues[0]?.message).toContain('found no value for "STRIPE_KEY"');
});

it("a stack that is not known as a whole is undetermined", async () => {
  const cwd = temporary(declaresNothing);
  const file = join(cwd, "Pulumi.prod.yaml");
  edit(file, /^config:\n/m, "environment: [portal/prod]\nconfig:\n");
  edit(file, /^ {2}readiness:domain: .*\n/m, "");
  const { status, stderr } = await run(["check", "--stack", "prod"], { cwd });
  expect(stderr).toContain("leaves readiness:domain to the environment portal/prod");
  expect(status).toBe(3);
});

it("a stack may be told by its whole name", async () => {
  const cwd = temporary(declaresNothing);
  const name = /^name: (.*)$/m.exec(readFileSync(join(cwd, "Pulumi.yaml"), "utf8"))?.[1];
  for (const stack of ["acme/prod", `acme/${name}/prod`]) {
    const { stdout } = await run(["check", "--stack", stack, "--quiet"], { cwd });
    expect(stdout).toContain("NO-GO  prod, production tier");
  }
  const { status, stderr } = await run(["check", "--stack", "acme/other/prod"], { cwd });
  expect(stderr).toBe(
    `error: acme/other/prod is a stack of the project "other", and this one is "${name}"\n`,
  );
  expect(status).toBe(2);
});
