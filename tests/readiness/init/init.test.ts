/** A project begun for an app that is made here: what is found, asked, refused and written. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { complete, type Person } from "../../../readiness/init/answers.ts";
import { init } from "../../../readiness/init/init.ts";
import { look } from "../../../readiness/init/look.ts";
import { runtimes, scripts } from "../../../readiness/init/project-files.ts";
import { flagOf } from "../../../readiness/init/question.ts";
import { questions } from "../../../readiness/init/questions.ts";
import { commandLine } from "../../../readiness/program.ts";
import { runCommand } from "../../../readiness/run-command.ts";
import { inProcess } from "../in-process.ts";
import { project } from "../project.ts";
import { answers } from "./answers.ts";

/** What is proposed of what nobody has answered, and is what the answers have. */
const likely = { budget: "none", pagerdutyAddOn: "none", breakGlassRole: "break-glass" };
/** Of what would be asked otherwise. */
const plain = { database: "rds", dns: "route53", memory: "none" };
const now = new Date("2026-11-26T08:00:00Z");
let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "readiness-new-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nothing = { yes: false, dryRun: false, out: ".", overwrite: [] };
const begin = (options: object = {}) =>
  inProcess(() => runCommand(() => init({ ...nothing, ...options }, folder, now, false)));

function makeApp(): void {
  write("package.json", '{"name":"acme","workspaces":["apps/*"]}');
  const dependencies = { next: "16.0.0", pg: "8.0.0", "@sentry/nextjs": "9.0.0" };
  write("apps/web/package.json", JSON.stringify({ name: "@acme/Ledger", dependencies }));
  write("apps/web/vercel.json", '{"crons":[{"path":"/api/cron/close","schedule":"0 * * * *"}]}');
  for (const page of ["", "(auth)/sign-in/", "dashboard/", "admin/", "entries/[id]/", "@modal/", "_parts/"]) {
    write(`apps/web/app/${page}page.tsx`, "");
  }
  for (const route of [
    "entries",
    "entries/[id]",
    "entries/draft",
    "stats",
    "search",
    "cron/close",
    "health",
    "[...all]",
  ]) {
    write(`apps/web/app/api/${route}/route.ts`, "");
  }
}

describe("before anything is asked", () => {
  it("an app tells its framework, its stores, its crons, its pages and its routes", () => {
    makeApp();
    expect(look(folder)).toMatchObject({
      name: "ledger",
      framework: "nextjs",
      folder: "apps/web",
      database: "rds",
      cache: "none",
      crons: ["/api/cron/close"],
      pages: ["homepage=/", "login=/sign-in", "portal=/dashboard", "admin=/admin"],
      routes: [
        "list=/api/entries",
        "search=/api/search",
        "analytics=/api/stats",
        "read=/api/entries/1",
        "write=/api/entries/draft",
      ],
    });
    expect(look(folder).said.join("\n")).toContain("Sentry");
  });

  it("a folder of pages tells them too, and an empty one nothing", () => {
    expect(look(folder)).toMatchObject({ framework: undefined, pages: [], routes: [], crons: [] });
    write("package.json", '{"dependencies":{"next":"12","ioredis":"5","@neondatabase/serverless":"1"}}');
    for (const file of ["index.tsx", "_app.tsx", "login.tsx", "api/search.ts"])
      write(`src/pages/${file}`, "");
    expect(look(folder)).toMatchObject({
      folder: ".",
      database: "external",
      cache: "valkey",
      pages: ["homepage=/", "login=/login"],
      routes: ["search=/api/search"],
    });
  });

  it("what is no JSON, and a remote that is none of GitHub's, tell nothing", () => {
    write("package.json", "{");
    write("vercel.json", "[]");
    write(".git/config", '[remote "origin"]\nurl = https://gitlab.com/acme/ledger\n');
    expect(look(folder)).toMatchObject({ repository: undefined, framework: undefined });
  });
});

describe("init", () => {
  it("begins a project whose staging is GO, and names nothing of another's", async () => {
    makeApp();
    const { status, stdout, stderr } = await begin({ ...answers, out: "ops" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^prod costs .*\$\d.* a month/m);
    expect(stdout).toContain("GO  staging");
    expect(stdout).toContain("Datadog's bot");
    const read = (path: string) => readFileSync(join(folder, "ops", path), "utf8");
    const all = readdirSync(join(folder, "ops"), { recursive: true, encoding: "utf8" });
    const written = all.filter((path) => /\.(yaml|yml|json|ts|md)$/.test(path));
    expect(written.length).toBeGreaterThan(40);
    for (const path of written.filter((name) => !/^docs.guide|^docs.runbooks|^.github/.test(name))) {
      expect(read(path)).not.toMatch(/example\/portal|portal-|\{\{/);
    }
    const own = readFileSync(join(project, "index.ts"), "utf8");
    expect(read("index.ts")).toBe(own.replace("./components/from-config.ts", "production-readiness"));
    expect(read("Pulumi.prod.yaml")).toContain("    crons: [/api/cron/close]".trim());
    expect(read("runbooks/database.md")).toContain("`ledger-db-prod`");
    expect(read("docs/guide/training.md")).toContain("Wren Hale");
  });

  it("says what it would write, and writes nothing", async () => {
    const { status, stdout } = await begin({ ...answers, dryRun: true });
    expect(status).toBe(0);
    expect(stdout).toContain("Would write  Pulumi.prod.yaml");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("names the flags that nobody has answered", async () => {
    const { domain: _, people: __, ...others } = answers;
    const { status, stderr } = await begin({ ...others, yes: true });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error: nobody can be asked.*: --domain "ledger.example.org", --people ".*; give them.*\n$/,
    );
    expect(stderr).not.toContain("--routes");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      "a domain that is none",
      { domain: "LEDGER" },
      /^error: --domain: found "LEDGER", must be a domain name/,
    ],
    ["an account that is none", { accountProd: "12" }, /^error: --account-prod: found "12"/],
    [
      "a person without a role",
      { people: ["Ana <ana@example.org> +1 2025550101"] },
      /^error: --people: found "Ana/,
    ],
    ["a role that is none", { people: ["Ana Li <ana@example.org> +1 2025550101 boss"] }, /roles/],
    ["a page without a name", { pages: ["/sign-in"] }, /^error: --pages: found "\/sign-in"/],
    ["no homepage", { pages: ["login=/sign-in"] }, /^error: --pages: homepage missing/],
    ["a kind that is none", { memory: "valkay" }, /^error: --memory: found "valkay"; did you mean "valkey"/],
    [
      "what a plan does not offer",
      { vercelPlan: "pro", network: "secure-compute" },
      /readiness:network\.kind.*must be paid for/,
    ],
    ["a text that acts", { product: "led\u001b[2Jger" }, /^error: --product is empty or no line of text/],
  ])("refuses %s, and changes nothing", async (_, wrong, told) => {
    const { status, stderr } = await begin({ ...answers, ...wrong });
    expect(status).toBe(2);
    expect(stderr).toMatch(told);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes pages of any name, and says which are asked after besides", async () => {
    await begin({ ...answers, pages: ["start=/", "login=/in"] });
    const text = readFileSync(join(folder, "Pulumi.prod.yaml"), "utf8");
    expect(text).toMatch(/ start: \/\n +login: \/in\n +# Asked after, too: portal, admin\. Under/);
  });

  it("takes answers of a file, which flags count more than", async () => {
    write("answers.yaml", JSON.stringify({ ...answers, domain: "other.example.org" }));
    const from = join(folder, "answers.yaml");
    await begin({ from, domain: "books.example.org", out: "ops" });
    expect(readFileSync(join(folder, "ops/Pulumi.staging.yaml"), "utf8")).toContain(
      "staging.books.example.org",
    );
    write("answers.yaml", "domian: x\n");
    expect((await begin({ from })).stderr).toContain('there is no question "domian"; did you mean "domain"?');
    write("answers.yaml", "a: [");
    expect((await begin({ from })).status).toBe(2);
    expect((await begin({ from: join(folder, "absent.yaml") })).stderr).toMatch(
      /^error: --from .*absent\.yaml/,
    );
  });
});

describe("questions", () => {
  it("are each an option of the command, and asked of a person in their order", async () => {
    const command = commandLine(async () => {}).commands.find((one) => one.name() === "init");
    const flags = command?.options.map(({ long }) => long);
    expect(flags).toEqual(expect.arrayContaining(questions.map(flagOf)));
    // npm sets these for all that it starts, and they would pass for options that it has kept.
    const npms = ["--cache", "--prefix", "--userconfig", "--globalconfig", "--noproxy", "--init-module"];
    expect(flags?.filter((flag) => npms.includes(flag ?? ""))).toEqual([]);
    const asked: string[] = [];
    const ask: Person["ask"] = async (question, proposal) => {
      asked.push(question.key);
      const answer = Object.entries(answers).find(([key]) => key === question.key)?.[1];
      return answer ?? question.choices?.[0] ?? proposal ?? question.example;
    };
    const all = await complete({}, look(folder), { ask, review: async () => [] });
    expect(asked.slice(0, 3)).toEqual(["product", "owner", "domain"]);
    expect(asked).not.toContain("slackChannel");
    // What is likely is not asked.
    expect(asked).not.toContain("budget");
    const { datadogSite: _, timeZone: __, ...asAsked } = answers;
    expect(all).toMatchObject({ ...asAsked, ...likely });
  });

  it("are asked again where an answer is not right, with those that follow from it", async () => {
    makeApp();
    const asked: (readonly [string, unknown])[] = [];
    const ask: Person["ask"] = async (question, proposal) => {
      asked.push([question.key, proposal]);
      return question.key === "vercelPlan" ? "enterprise" : question.example;
    };
    const given = { ...answers, vercelPlan: "pro", addresses: ["198.51.100.7"], ...plain };
    const reviews: string[] = [];
    const all = await complete(given, look(folder), {
      ask,
      review: async (seen) => {
        reviews.push(`${seen["network"]}`);
        return reviews.length === 1 ? ["vercelPlan"] : [];
      },
    });
    expect(asked).toEqual([["vercelPlan", "pro"]]);
    expect(reviews).toEqual(["static-ips", "secure-compute"]);
    expect(all["network"]).toBe("secure-compute");
  });
});

it("workflows of a new project call scripts that it has, on the Node.js of this one", () => {
  const called = ["preview", "deploy", "drift"].flatMap((name) => {
    const text = readFileSync(join(project, `.github/workflows/${name}.yml`), "utf8");
    return [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script]) => script);
  });
  expect(called.filter((name) => name !== "pulumi-cli" && !scripts.includes(name ?? ""))).toEqual([]);
  expect(packageJson.optionalDependencies).toMatchObject(runtimes);
  expect(existsSync(join(project, ".github/workflows/ci.yml"))).toBe(true);
});
