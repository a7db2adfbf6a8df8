/** Hands in, for one service and the platform, what tools really wrote, moved to the project's times and addresses. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import type { NeededItem } from "../../../model/checklist/needs.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { collect } from "../../../readiness/evidence/collect.ts";
import type { CollectOptions, RunOptions } from "../../../readiness/evidence/options.ts";
import type { Reach } from "../../../readiness/evidence/probe/reach.ts";
import { probe } from "../../../readiness/evidence/probe.ts";
import { runAndCollect } from "../../../readiness/evidence/run.ts";
import { peopleOnCall } from "../../../readiness/proofs/evidence/frame.ts";
import { Authority } from "../evidence/probe/authority.ts";
import { serve } from "../evidence/probe/site.ts";
import { fixtures } from "./evidence/formats/support.ts";
import { git } from "./ready-project.ts";
import { silently } from "./silently.ts";

export interface Handover {
  readonly folder: string;
  /** Working copy of the service's repository. */
  readonly app: string;
  readonly spec: StackSpec;
  /** Path of the key that signs. */
  readonly key: string;
  readonly now: Date;
}

/** When the tools wrote the fixtures, to the hour after the last. */
const written = Date.parse("2026-11-25T18:00:00Z");
const hour = 3_600_000;
const staging = { environment: "staging", deployment: "dpl_staging" } as const;
const prod = { environment: "prod" } as const;

type Way = (handover: Handover) => Promise<void>;
type Items = readonly NeededItem[];

/** By what proves them: one look at a site tells two items. */
const ways: readonly (readonly [items: Items, way: Way])[] = [
  [["PRE-01"], tests],
  [
    ["PRE-02"],
    (h) => collected(h, "PRE-02", "istanbul", [moved(h, "coverage/whole-final.json")], { exitCode: [0] }),
  ],
  [["PRE-03"], (h) => executed(h, "PRE-03", ["npm", "run", "build"])],
  [["PRE-04"], lint],
  // npm's own output: its registry answers no audit here.
  [
    ["PRE-05"],
    (h) => executed(h, "PRE-05", ["cat", moved(h, "npm-audit/good.json")], { format: "npm-audit" }),
  ],
  [["PRE-06"], (h) => collected(h, "PRE-06", "security-review", [record(h, "review", review(h.now))])],
  [["PRE-07"], (h) => collected(h, "PRE-07", "next-bundle", [bundle(h, pagesOf(h))])],
  [["PRE-08"], (h) => collected(h, "PRE-08", "lighthouse", ofPages(h, "lighthouse/good.json"), staging)],
  [
    ["PRE-09"],
    (h) =>
      collected(h, "PRE-09", "k6-summary", [moved(h, "k6-summary/every-class.json")], {
        ...staging,
        exitCode: [0],
      }),
  ],
  [["PRE-10", "PRE-11"], (h) => lookedAt(h)],
  [["PRE-12"], (h) => collected(h, "PRE-12", "axe", ofPages(h, "axe/good.json"), staging)],
  [["PRE-13"], migrations],
  [
    ["PRE-14"],
    (h) => collected(h, "PRE-14", "postgres-explain", [moved(h, "postgres-explain/good.json")], { schema }),
  ],
  [["PRE-15"], (h) => smoked(h, "playwright-json", moved(h, "playwright/good.json"))],
  [["INC-01"], (h) => rolledBack(h, record(h, "rollback", rollback(h.now)))],
  [["INC-02"], (h) => restored(h, record(h, "restore", restore(h.spec, h.now)))],
  [
    ["INC-03"],
    (h) => collected(h, "INC-03", "drill", [record(h, "drill", drill(h.spec, h.now))], platformOf(h)),
  ],
];

/** @param items those that nobody else proves; all where absent */
export async function handInAll(handover: Handover, items?: Items): Promise<void> {
  for (const [proven, way] of ways) {
    if (items === undefined || proven.some((item) => items.includes(item))) await way(handover);
  }
}

const schema = ["db"];

async function tests(h: Handover): Promise<void> {
  const [unit, e2e] = [moved(h, "vitest/good.json"), moved(h, "playwright/good.json")];
  await collected(h, "PRE-01", "vitest-json", [unit], { suite: "unit", exitCode: [0] });
  await collected(h, "PRE-01", "playwright-json", [e2e], { suite: "e2e", exitCode: [0] });
}

async function lint(h: Handover): Promise<void> {
  await collected(h, "PRE-04", "biome-json", [moved(h, "biome/good.json")], { exitCode: [0] });
  await executed(h, "PRE-04", ["true", "tsc", "--noEmit"]);
}

async function migrations(h: Handover): Promise<void> {
  const table = moved(h, "node-pg-migrate/good.json");
  await collected(h, "PRE-13", "node-pg-migrate", [table], { schema });
  await executed(h, "PRE-13", ["npm", "run", "migrate:down"], { schema });
}

/** @param file of a report of tests that ran against staging */
export function smoked(h: Handover, format: string, file: string): Promise<void> {
  return collected(h, "PRE-15", format, [file], { suite: "smoke", exitCode: [0], ...staging });
}

/** @param file of a report of `verify`, whose browser looked at staging */
export function measured(h: Handover, file: string): Promise<void> {
  return collected(h, "PRE-08", "verify-vitals", [file], staging);
}

export function rolledBack(h: Handover, file: string): Promise<void> {
  return collected(h, "INC-01", "rollback-test", [file], staging);
}

export function restored(h: Handover, file: string): Promise<void> {
  return collected(h, "INC-02", "restore-test", [file], platformOf(h));
}

const platformOf = ({ folder }: Handover) => ({ service: "platform", source: folder, ...prod }) as const;

const pagesOf = ({ spec }: Handover) => Object.values(spec.services[0]?.pages ?? {});

const ofPages = (h: Handover, path: string) => pagesOf(h).map((page, i) => moved(h, path, page, `${i}-`));

const common = ({ folder, app, key }: Handover) =>
  ({ service: "portal", source: app, out: join(folder, "evidence"), schema: [], sign: key }) as const;

async function collected(
  handover: Handover,
  item: NeededItem,
  format: string,
  files: readonly string[],
  more: Partial<CollectOptions> = {},
): Promise<void> {
  const all = { item, format: [format], files, exitCode: [], shard: [], ...common(handover), ...more };
  // One for all files, as the command takes it.
  const exitCode = all.exitCode.length > 0 ? files.map(() => all.exitCode[0] ?? 0) : [];
  await proven(item, () => collect({ ...all, exitCode }, handover.folder, () => handover.now));
}

async function executed(
  handover: Handover,
  item: NeededItem,
  command: readonly string[],
  more: Partial<RunOptions> = {},
): Promise<void> {
  const all = { item, command, file: [], ...common(handover), ...more };
  await proven(item, () => runAndCollect(all, handover.folder, () => handover.now));
}

async function proven(item: string, command: () => Promise<number>): Promise<void> {
  const status = await silently(command);
  if (status !== 0) throw new Error(`${item} is not proven by what was handed in`);
}

/**
 * The site itself: on loopback, under its own name.
 * @param secure what answers there; a page with the headers that the edge sends where absent
 */
export async function lookedAt(handover: Handover, secure?: RequestListener): Promise<void> {
  const { folder, app, spec, now } = handover;
  const authority = new Authority();
  try {
    const certificate = authority.issue([spec.domain]);
    const options = {
      ...common(handover),
      commit: git(app, "rev-parse", "HEAD"),
      environment: "prod",
      deployment: "dpl_1",
      url: `https://${spec.domain}`,
    };
    const looking = (reach: Reach) =>
      probe(
        options,
        folder,
        () => now,
        async () => ({ ...reach, ca: authority.root }),
      );
    const site = { certificate, ...(secure && { secure }) };
    await proven("PRE-10 or PRE-11", () => serve(site, looking));
  } finally {
    authority.remove();
  }
}

/** A tool's output with the project's times, folders, commit and page. */
function moved(handover: Handover, path: string, page = "/", prefix = ""): string {
  const { app, now } = handover;
  const shift = now.getTime() - hour - written;
  const text = readFileSync(join(fixtures, path), "utf8")
    .replaceAll(/2026-11-25T\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (at) =>
      new Date(Date.parse(at) + shift).toISOString(),
    )
    .replaceAll(/\b1795\d{9}\b/g, (at) => String(Number(at) + shift))
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+\//g, `https://staging.example.com${page}`)
    .replaceAll("/tmp/app/vitest-2", app)
    .replaceAll("b97e58a143dd8e04d9469120164076052aa2c2f9", git(app, "rev-parse", "HEAD"));
  return record(handover, prefix + path.replaceAll("/", "-"), text);
}

/** The routes of Next's own report under the names of the service's pages. */
function bundle(handover: Handover, pages: readonly string[]): string {
  const file = moved(handover, "next-bundle/good.json");
  const routes: { route: string }[] = JSON.parse(readFileSync(file, "utf8"));
  const renamed = routes.map((route, i) => ({ ...route, route: pages[i] ?? route.route }));
  return record(handover, "bundle.json", JSON.stringify(renamed));
}

function record({ folder }: Handover, name: string, text: string): string {
  const path = join(folder, "app/out", name);
  mkdirSync(join(folder, "app/out"), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function minutesBefore(now: Date, minutes: number): string {
  return new Date(now.getTime() - minutes * 60_000).toISOString();
}

function review(now: Date): string {
  const risks = Array.from({ length: 10 }, (_, i) => `  A${String(i + 1).padStart(2, "0")}: pass`);
  return `reviewer: security@example.com
date: ${minutesBefore(now, 1440).slice(0, 10)}
edition: "2025"
risks:
${risks.join("\n")}
authentication: pass
authorisation: pass
findings: []
`;
}

function rollback(now: Date): string {
  const at = (minutes: number) => minutesBefore(now, minutes);
  return `from: v2
to: v1
decidedAt: ${at(60)}
applicationBackAt: ${at(57)}
databaseBackAt: ${at(58)}
`;
}

function restore({ product, stack }: StackSpec, now: Date): string {
  return `vault: ${product}-backups-${stack}
recoveryPoint: arn:aws:backup:eu-west-2:111122223333:recovery-point:1
decidedAt: ${minutesBefore(now, 90)}
answeredAt: ${minutesBefore(now, 60)}
wantedAt: ${minutesBefore(now, 90)}
recoveredAt: ${minutesBefore(now, 93)}
checks:
  - { what: orders of yesterday, expected: "120", found: "120" }
`;
}

function drill(spec: StackSpec, now: Date): string {
  const [began, answered] = [minutesBefore(now, 60), minutesBefore(now, 57)];
  const paged = peopleOnCall(spec).map(
    (person) => `  - { person: ${person}, pagedAt: ${began}, answeredAt: ${answered} }`,
  );
  return `severity: SEV1
startedAt: ${began}
endedAt: ${minutesBefore(now, 30)}
paged:
${paged.join("\n")}
`;
}
