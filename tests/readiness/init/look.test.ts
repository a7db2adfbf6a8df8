/** Apps as they are found: what each tells, and what is left to be asked. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { look } from "../../../readiness/init/look.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "readiness-app-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, content = "") => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const manifest = (path: string, name: string, ...dependencies: readonly string[]) =>
  write(
    join(path, "package.json"),
    JSON.stringify({ name, dependencies: Object.fromEntries(dependencies.map((one) => [one, "1.0.0"])) }),
  );
const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });

describe("Next.js", () => {
  it("with src/app, route groups, slots, intercepted routes and a health route", () => {
    manifest(".", "ledger", "next", "@prisma/client", "@sentry/nextjs");
    for (const page of [
      "(marketing)/",
      "(auth)/login/",
      "(app)/dashboard/",
      "(app)/@modal/(.)photo/",
      "(app)/admin/users/",
      "_components/",
    ])
      write(`src/app/${page}page.tsx`);
    for (const route of ["health", "orders", "orders/[id]", "auth/[...nextauth]", "webhooks/stripe"])
      write(`src/app/api/${route}/route.ts`);
    write(
      "prisma/schema.prisma",
      'generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "postgresql"\n}\n',
    );
    const found = look(folder);
    expect(found).toMatchObject({
      framework: "nextjs",
      folder: ".",
      database: "rds",
      errors: "sentry",
      repository: undefined,
      pages: ["homepage=/", "login=/login", "portal=/dashboard", "admin=/admin/users"],
      routes: ["list=/api/orders", "read=/api/orders/1"],
    });
    expect(found.said).toContain("@prisma/client: PostgreSQL");
  });

  it("with a folder of pages, and addresses by language that nobody can know", () => {
    manifest(".", "ledger", "next", "drizzle-orm", "postgres");
    write("drizzle.config.ts", 'export default defineConfig({ dialect: "postgresql" });');
    for (const file of ["_app.tsx", "_document.tsx", "404.tsx", "index.tsx", "sign-in.tsx", "api/search.ts"])
      write(`pages/${file}`);
    expect(look(folder)).toMatchObject({
      pages: ["homepage=/", "login=/sign-in"],
      routes: ["search=/api/search"],
    });
    rmSync(join(folder, "pages"), { recursive: true });
    write("app/[locale]/login/page.tsx");
    expect(look(folder)).toMatchObject({ pages: [], routes: [] });
  });

  it("with what vercel.json and the link to Vercel say", () => {
    manifest(".", "ledger", "next");
    const crons = [{ path: "/api/cron/close", schedule: "0 5 * * *" }, { schedule: "*" }, "no"];
    const rewrites = [{ source: "/docs/(.*)", destination: "https://docs.example.org/$1" }];
    write("vercel.json", JSON.stringify({ crons, rewrites, regions: ["fra1", "iad1"] }));
    write(".vercel/project.json", '{"projectId":"prj_1","orgId":"team_Acme0Ledger"}');
    expect(look(folder)).toMatchObject({
      crons: ["/api/cron/close"],
      region: "eu-central-1",
      vercelTeamId: "team_Acme0Ledger",
    });
    write("vercel.json", JSON.stringify({ crons: "no", regions: "fra1" }));
    write(".vercel/project.json", '{"orgId":"user_1"}');
    expect(look(folder)).toMatchObject({ crons: [], region: undefined, vercelTeamId: undefined });
  });
});

describe("a repository of several packages", () => {
  beforeEach(() => {
    manifest(".", "acme");
    manifest("apps/docs", "docs", "astro");
    manifest("apps/web", "@acme/web", "next", "@neondatabase/serverless");
    manifest("packages/ui", "ui", "react");
    write("apps/web/app/page.tsx");
    git("init", "--quiet");
    git("remote", "add", "origin", "https://user:token@github.com/acme/ledger.git");
  });

  it("with several apps tells none of them, until one is named", () => {
    expect(look(folder)).toMatchObject({
      apps: ["apps/docs", "apps/web"],
      folder: undefined,
      framework: undefined,
      name: "ledger",
      repository: "acme/ledger",
    });
    expect(look(folder).said).toContain("apps: apps/docs, apps/web");
    expect(look(folder, "apps/web")).toMatchObject({
      framework: "nextjs",
      folder: "apps/web",
      database: "external",
      databaseProvider: "neon",
      pages: ["homepage=/"],
      // Such a name says nothing: the repository's does.
      name: "ledger",
    });
  });

  it("tells the same from within an app's folder", () => {
    expect(look(join(folder, "apps/web"))).toMatchObject({
      repository: "acme/ledger",
      apps: ["apps/web"],
      folder: "apps/web",
      framework: "nextjs",
      pages: ["homepage=/"],
    });
  });
});

it.each([
  ["@sveltejs/kit", "sveltekit"],
  ["@remix-run/react", "remix"],
  ["astro", "astro"],
  ["nuxt", "nuxtjs"],
])("of %s pages and routes are left to be asked", (dependency, framework) => {
  manifest(".", "ledger", dependency, "vite");
  write("src/routes/+page.svelte");
  expect(look(folder)).toMatchObject({ framework, folder: ".", pages: [], routes: [] });
});

it.each([
  [["pg"], "rds", undefined, "pg: PostgreSQL, it seems"],
  [["@supabase/supabase-js"], "external", "supabase", "@supabase/supabase-js: a database elsewhere"],
  [
    ["mongoose"],
    "rds",
    undefined,
    "mongoose: MongoDB, which no kind of database is for: PostgreSQL alone is",
  ],
  [["@upstash/redis"], "rds", undefined, "@upstash/redis: a store at Upstash, which no kind of cache is for"],
] as const)("a dependency on %j is said, with what it is for", (dependencies, database, provider, said) => {
  manifest(".", "ledger", "next", ...dependencies);
  expect(look(folder)).toMatchObject({ database, databaseProvider: provider });
  expect(look(folder).said).toContain(said);
});

it("an object mapper for another database says so", () => {
  manifest(".", "ledger", "next", "@prisma/client");
  write("prisma/schema.prisma", 'datasource db {\n  provider = "mysql"\n}\n');
  expect(look(folder).said).toContain(
    "@prisma/client: mysql, which no kind of database is for: PostgreSQL alone is",
  );
});

it("a folder without package.json, git or anything tells nothing but the time zone", () => {
  const { said, timeZone, ...found } = look(folder);
  expect(said).toEqual([]);
  expect(timeZone).toMatch(/\//);
  expect(found).toMatchObject({ name: undefined, owner: undefined, apps: [], framework: undefined });
});

it("what is no JSON, folders in files' places and links to nowhere tell nothing", () => {
  mkdirSync(join(folder, "package.json"));
  write("apps/web/package.json", "{");
  write("vercel.json", "[");
  expect(look(folder)).toMatchObject({ framework: undefined, apps: [], crons: [] });
});
