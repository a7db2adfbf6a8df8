/** Runbooks of teams that have less, or have it elsewhere: they explain what there is, and every alert finds its section. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alertsOf } from "../../../model/alerts/catalogue.ts";
import { loadSpec, partsOf, type StackSpec } from "../../../model/config/stack-spec.ts";
import { guide } from "../../../readiness/guide/guide.ts";
import { namesOf, render, runbookTexts } from "../../../readiness/guide/runbooks.ts";
import { asConfig } from "../../model/prod-config.ts";
import { inProcess } from "../in-process.ts";
import { type Change, changed } from "../parts/declared.ts";
import { fourPeople, threePeople } from "../parts/teams.ts";
import { fixtures, project } from "../project.ts";

const existing: Change = (config, stack) => ({
  ...fourPeople(config, stack),
  "readiness:network": { kind: "static-ips", addresses: ["198.51.100.7"] },
  "readiness:database": {
    kind: "existing-rds",
    identifier: "ledger-main",
    databaseName: "books",
    instanceClass: "db.m7g.large",
    maxStorageGiB: 500,
    maxConnections: 150,
  },
});
const existingCache: Change = (config, stack) => ({
  ...existing(config, stack),
  "readiness:plans": config["readiness:plans"],
  "readiness:network": { kind: "secure-compute", privateNetworkCidr: "10.60.0.0/20" },
  "readiness:cache": {
    kind: "existing",
    replicationGroupId: "sessions-main",
    nodeType: "cache.m7g.large",
    nodes: 2,
  },
  "secrets:CACHE_TOKEN": "[secret]",
});
const apart: Change = (config, stack) => ({
  ...fourPeople(config, stack),
  "readiness:dns": { kind: "external" },
  "readiness:errors": { kind: "datadog" },
});

const teams: readonly (readonly [string, Change, RegExp | undefined])[] = [
  [
    "Cloudflare, Vercel's edge, no cache, Sentry",
    fourPeople,
    /valkey|elasticache|redis-cli|cloudfront|\bWAF\b|x-amz|route53|peering|no-publicly/i,
  ],
  [
    "Neon, Vercel's edge, Teams, nearly no AWS",
    threePeople,
    /valkey|elasticache|redis-cli|cloudfront|\bWAF\b|x-amz|route53|cloudflare|peering|\bRDS\b|aws rds|aws pi|Slack|sentry/i,
  ],
  ["records elsewhere", apart, /route53|cloudflare|sentry/i],
  [
    "a database that is there already",
    existing,
    /portal-db-prod|PGDATABASE=portal|portal-network|`storageGiB|no-publicly/i,
  ],
  [
    "a database and a cache that are there already",
    existingCache,
    /portal-(cache|db)-prod|RandomPassword|portal-network|`storageGiB/i,
  ],
  ["all of it", () => ({}), /sentry|cloudflare|Neon|DATABASE_URL|dumpBucket/i],
];

describe.each(teams)("with %s", (_, change, absent) => {
  const spec = specAfter(change);
  const parts = partsOf(spec);
  const subject = { names: namesOf(spec), parts, all: [parts] };
  const rendered = readdirSync(join(project, runbookTexts)).map((name) => {
    const written = readFileSync(join(project, runbookTexts, name), "utf8");
    return { name, ...render(name, written, subject) };
  });
  const pages = rendered.flatMap(({ name, text }) => (text === undefined ? [] : [{ name, text }]));
  const anchorsOf = new Map(pages.map(({ name, text }) => [name, anchors(text)]));

  it("each text makes sense, and leaves nothing open", () => {
    expect(rendered.flatMap(({ problems }) => problems)).toEqual([]);
    for (const { text } of pages) expect(text).not.toMatch(/\{\{|\n\n\n|undefined/);
  });

  it("each alert leads to a section that is there, and no section is of an alert that is not", () => {
    const alerts = alertsOf(spec);
    expect(alerts.length).toBeGreaterThan(40);
    const lost = alerts.filter(({ id, runbook }) => !anchorsOf.get(`${runbook}.md`)?.includes(id));
    expect(lost.map(({ id }) => id)).toEqual([]);
    const ids: readonly string[] = alerts.map(({ id }) => id);
    // What there is only where a service has jobs, and an instance credits.
    const declared = [...ids, "heartbeat-missed", "database-cpu-credits-low", "cache-cpu-credits-low"];
    const symptoms = pages.flatMap(({ text }) => {
      const part = text.split("## Symptom\n")[1]?.split(/^## /m)[0] ?? "";
      return [...part.matchAll(/^### (.+)$/gm)].map(([, id = ""]) => id);
    });
    expect(symptoms.filter((id) => !declared.includes(id))).toEqual([]);
  });

  it("each link leads somewhere", () => {
    const broken = pages.flatMap(({ name, text }) =>
      [...text.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]+))?\)/g)]
        .filter(([, page = "", anchor]) => {
          const there = anchorsOf.get(page || name);
          return !there || (anchor !== undefined && !there.includes(anchor));
        })
        .map(([link]) => `${name}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it("nothing speaks of what is not there", () => {
    const said = pages.flatMap(({ name, text }) =>
      text.split("\n").flatMap((line) => (absent?.test(line) ? [`${name}: ${line}`] : [])),
    );
    expect(said).toEqual([]);
  });

  it("steps are numbered in their order, and commands can be read by a shell", () => {
    for (const { name, text } of pages) {
      const steps = text
        .split(/^#+ /m)
        .map((part) => [...part.matchAll(/^(\d+)\. /gm)].map(([, n]) => Number(n)));
      for (const numbers of steps) expect([name, numbers]).toEqual([name, numbers.map((_, i) => i + 1)]);
      for (const [, indent = "", block = ""] of text.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)) {
        const script = block.replaceAll(new RegExp(`^${indent}`, "gm"), "");
        expect(() => execFileSync("bash", ["-n"], { input: script, stdio: "pipe" })).not.toThrow();
      }
    }
  });
});

describe("guide", () => {
  it("leaves out a page of alerts that no stack declares, and finds one that is left over", async () => {
    const folder = changed(fourPeople);
    cpSync(join(project, runbookTexts), join(folder, runbookTexts), { recursive: true });
    for (const path of ["docs/guide", "runbooks"]) mkdirSync(join(folder, path), { recursive: true });
    const run = (check: boolean) => inProcess(() => guide({ stack: "prod", check }, folder));
    expect(await run(false)).toMatchObject({ status: 0 });
    expect(readdirSync(join(folder, "runbooks"))).not.toContain("cache.md");
    expect(await run(true)).toMatchObject({ status: 0 });
    writeFileSync(join(folder, "runbooks/cache.md"), "# Cache\n");
    const leftOver = "runbooks/cache.md explains alerts that no stack declares: delete it\n";
    expect(await run(true)).toMatchObject({ status: 1, stdout: expect.stringContaining(leftOver) });
    expect(await run(false)).toMatchObject({ status: 0, stdout: expect.stringContaining(leftOver) });
    rmSync(join(folder, "runbooks/cache.md"));
    expect(await run(true)).toMatchObject({ status: 0 });
  });

  it.each([
    [
      "{{if cach=valkey}}\nx\n{{end}}\n",
      'x.md:1: {{if cach=valkey}}: there is no part "cach"; did you mean "cache"?',
    ],
    ["{{if cache=redis}}\nx\n{{end}}\n", 'x.md:1: {{if cache=redis}}: "redis" is no kind of cache'],
    ["x\n{{end}}\n", "x.md:2: {{end}} of no {{if …}}"],
    ["{{if cache=none}}\nx\n", "x.md: {{if …}} is not closed, must be by {{end}}"],
  ])("says where a condition makes no sense: %j", (text, problem) => {
    const spec = specAfter(() => ({}));
    const parts = partsOf(spec);
    expect(render("x.md", text, { names: namesOf(spec), parts, all: [parts] }).problems).toEqual([problem]);
  });
});

function specAfter(change: Change): StackSpec {
  const { config } = parse(readFileSync(join(fixtures, "Pulumi.prod.yaml"), "utf8"));
  const { "secrets:DATABASE_URL": secret, ...ours } = { ...config, ...change(config, "prod") };
  return loadSpec("prod", { ...asConfig(ours), ...(secret && { "secrets:DATABASE_URL": "[secret]" }) });
}

/** As GitHub names headings; those that occur again are of no use here. */
function anchors(text: string): readonly string[] {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
