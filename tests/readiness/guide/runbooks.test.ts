/** Runbooks follow the stack's names; a sample's that is left over would be looked for at night. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadSpec, partsOf } from "../../../model/config/stack-spec.ts";
import { guide } from "../../../readiness/guide/guide.ts";
import { namesOf, render, runbookTexts } from "../../../readiness/guide/runbooks.ts";
import { asConfig } from "../../model/prod-config.ts";
import { inProcess } from "../in-process.ts";
import { otherProduct } from "../other-product.ts";
import { makeProject, project } from "../project.ts";

const texts = readdirSync(join(project, runbookTexts));
const other = loadSpec("prod", asConfig(parse(otherProduct("prod")).config));
const parts = partsOf(other);
const subject = { names: namesOf(other), parts, all: [parts] };

describe.each(texts)("the text of %s", (name) => {
  const written = readFileSync(join(project, runbookTexts, name), "utf8");
  const { text = "", problems } = render(name, written, subject);

  it("leaves open what a stack names, and nothing else", () => {
    expect(problems).toEqual([]);
    expect(text).not.toMatch(/\{\{/);
  });

  it("names nothing of the sample's", () => {
    const left = text.match(
      /\bportal\b|\bexample[/.]com|--scope example|eu-central-1|#incidents|datadoghq\.eu|send-reminders/g,
    );
    expect(left).toBeNull();
  });
});

it("names what a product of another team is called", () => {
  const names = namesOf(other);
  expect(Object.fromEntries(names)).toMatchObject({
    product: "ledger",
    domain: "ledger.example.org",
    parent: "example.org",
    region: "us-west-2",
    team: "acme",
    service: "ledger-web",
    user: "ledger_web",
    repository: "acme/ledger-web",
    channel: "`#ledger-prod`",
    healthPath: "/api/health",
  });
  expect(render("x.md", "psql as {{user}}\non {{prodct}}", subject).problems).toEqual([
    'x.md:2: {{prodct}} is no name of a stack\'s; did you mean "product"?',
  ]);
});

describe("guide", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeProject();
    for (const path of ["docs/guide", runbookTexts, "runbooks"])
      mkdirSync(join(folder, path), { recursive: true });
    cpSync(join(project, runbookTexts), join(folder, runbookTexts), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const run = (check: boolean) => inProcess(() => guide({ stack: "prod", check }, folder));
  const page = () => join(folder, "runbooks/database.md");

  it("writes the runbooks, and finds what has been written into one of them", async () => {
    expect(await run(true)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("runbooks/database.md is not there"),
    });
    expect(await run(false)).toMatchObject({ status: 0 });
    expect(readFileSync(page(), "utf8")).toContain("`portal-db-prod`");
    expect(await run(true)).toMatchObject({ status: 0 });
    writeFileSync(page(), readFileSync(page(), "utf8").replace("# Database\n\n", "# Database\n\nAsk Ana.\n"));
    const { status, stdout } = await run(true);
    expect(status).toBe(1);
    expect(stdout).toContain("runbooks/database.md:3 is not what docs/runbooks and the stack say");
  });

  it("writes none where a text has a name that no stack has", async () => {
    writeFileSync(join(folder, runbookTexts, "cache.md"), "# {{nothing}}\n");
    const { status, stderr } = await run(false);
    expect(status).not.toBe(0);
    expect(stderr).toContain("docs/runbooks/cache.md:1: {{nothing}} is no name of a stack's");
    expect(readdirSync(join(folder, "runbooks"))).toEqual([]);
  });
});
