/** From nothing to staging's GO, as a team begins: answers of another product, and the package that is installed. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { emptyProject } from "../../../tools/package/empty-project.ts";

const folder = join(emptyProject, "begun");
const answers = {
  product: "ledger",
  owner: "bookkeeping",
  domain: "ledger.example.org",
  repository: "acme/ledger-operations",
  appRepository: "acme/ledger",
  rootDirectory: ".",
  region: "us-west-2",
  accountStaging: "888899990000",
  accountProd: "777788889999",
  vercelTeamId: "team_Acme0Ledger",
  vercelTeamSlug: "acme",
  vercelPlan: "pro",
  pagerdutyPlan: "professional",
  memory: "none",
  network: "static-ips",
  edge: "vercel",
  errors: "datadog",
  chat: "none",
  chatBecause: "four people in one room",
  timeZone: "America/Denver",
  people: [
    "Wren Hale <wren@example.org> +1 2025550101 on-call-engineer,tech-lead",
    "Odile Roy <odile@example.org> +1 2025550102 on-call-engineer,devops-lead",
    "Ravi Shah <ravi@example.org> +1 2025550103 cto,product-lead",
  ],
  addresses: ["198.51.100.7"],
  pages: ["homepage=/", "login=/sign-in", "portal=/accounts", "admin=/staff"],
  routes: [
    "list=/api/entries",
    "read=/api/entries/7",
    "write=/api/drafts",
    "analytics=/api/totals",
    "search=/api/find",
  ],
};

const run = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { cwd: folder, encoding: "utf8", input: "" });

describe("a project that init begins", () => {
  let begun: ReturnType<typeof run>;
  let seconds: number;
  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(join(folder, "answers.yaml"), stringify({ ...answers, framework: "nextjs" }));
    const start = performance.now();
    begun = run("npx", "--no-install", "production-readiness", "init", "--from", "answers.yaml");
    seconds = (performance.now() - start) / 1000;
  });
  // Its own .gitignore would make this tree look as if it hid something.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("is there, with its price and what is left by hand", () => {
    expect({ status: begun.status, stderr: begun.stderr }).toEqual({ status: 0, stderr: "" });
    expect(begun.stdout).toMatch(/^prod costs .* a month/m);
    expect(begun.stdout).toContain("By hand, once:");
    // Of ten minutes: installing takes one.
    expect(seconds).toBeLessThan(300);
  });

  it("is GO in staging by its own commands, and says what production lacks", () => {
    const staging = run("npm", "run", "--silent", "check");
    expect({ status: staging.status, stderr: staging.stderr }).toEqual({ status: 0, stderr: "" });
    expect(staging.stdout).toMatch(/\bGO\b/);
    const prod = run("npm", "run", "--silent", "check", "--", "--stack", "prod", "--quiet");
    expect(prod.status).toBe(1);
    expect(prod.stdout).toContain("NO-GO");
  });

  it("has a guide and runbooks that its stack file bears out", () => {
    expect(run("npm", "run", "--silent", "guide", "--", "--check")).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, "runbooks/database.md"), "utf8")).toContain("`ledger-db-prod`");
  });

  it("is not begun twice", () => {
    const again = run("npx", "--no-install", "production-readiness", "init", "--from", "answers.yaml");
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining("Pulumi.yaml") });
  });
});
