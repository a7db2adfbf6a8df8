/** Hands in, for one service and the platform, what tools really wrote, moved to the project's times and addresses. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

export async function handInAll(handover: Handover): Promise<void> {
  const { app, spec } = handover;
  const pages = Object.values(spec.services[0]?.pages ?? {});
  const unit = moved(handover, "vitest/good.json");
  const journeys = moved(handover, "playwright/good.json");
  const ofPages = (path: string) => pages.map((page, i) => moved(handover, path, page, `${i}-`));
  const file = (item: string, format: string, files: readonly string[], more: Partial<CollectOptions> = {}) =>
    collected(handover, { item, format: [format], files, ...more });
  const command = (item: string, words: readonly string[], more: Partial<RunOptions> = {}) =>
    executed(handover, { item, command: words, ...more });

  await file("PRE-01", "vitest-json", [unit], { suite: "unit", exitCode: [0] });
  await file("PRE-01", "playwright-json", [journeys], { suite: "e2e", exitCode: [0] });
  await file("PRE-02", "istanbul", [moved(handover, "coverage/whole-final.json")], { exitCode: [0] });
  await command("PRE-03", ["npm", "run", "build"]);
  await file("PRE-04", "biome-json", [moved(handover, "biome/good.json")], { exitCode: [0] });
  await command("PRE-04", ["true", "tsc", "--noEmit"]);
  // npm's own output: its registry answers no audit here.
  await command("PRE-05", ["cat", moved(handover, "npm-audit/good.json")], { format: "npm-audit" });
  await file("PRE-06", "security-review", [record(app, "review", review(handover.now))]);
  await file("PRE-07", "next-bundle", [bundle(handover, pages)]);
  await file("PRE-08", "lighthouse", ofPages("lighthouse/good.json"), staging);
  await file("PRE-09", "k6-summary", [moved(handover, "k6-summary/every-class.json")], {
    ...staging,
    exitCode: [0],
  });
  await lookedAt(handover);
  await file("PRE-12", "axe", ofPages("axe/good.json"), staging);
  const schema = ["db"];
  await file("PRE-13", "node-pg-migrate", [moved(handover, "node-pg-migrate/good.json")], { schema });
  await command("PRE-13", ["npm", "run", "migrate:down"], { schema });
  await file("PRE-14", "postgres-explain", [moved(handover, "postgres-explain/good.json")], { schema });
  await file("PRE-15", "playwright-json", [journeys], { suite: "smoke", exitCode: [0], ...staging });
  await file("INC-01", "rollback-test", [record(app, "rollback", rollback(handover.now))], staging);
  const platform = { service: "platform", source: handover.folder, ...prod };
  await file("INC-02", "restore-test", [record(app, "restore", restore(spec, handover.now))], platform);
  await file("INC-03", "drill", [record(app, "drill", drill(spec, handover.now))], platform);
}

const common = ({ folder, app, key }: Handover) =>
  ({ service: "portal", source: app, out: join(folder, "evidence"), schema: [], sign: key }) as const;

async function collected(handover: Handover, options: Partial<CollectOptions>): Promise<void> {
  const all = { format: [], exitCode: [], shard: [], files: [], ...common(handover), ...options };
  const { format, exitCode, files } = all;
  // One for all files, as the command takes it.
  const each = { ...all, format, exitCode: exitCode.length > 0 ? files.map(() => exitCode[0] ?? 0) : [] };
  await proven(all.item, () => collect(each, handover.folder, () => handover.now));
}

async function executed(handover: Handover, options: Partial<RunOptions>): Promise<void> {
  const all = { command: [], file: [], ...common(handover), ...options };
  await proven(all.item, () => runAndCollect(all, handover.folder, () => handover.now));
}

async function proven(item: string | undefined, command: () => Promise<number>): Promise<void> {
  const status = await silently(command);
  if (status !== 0) throw new Error(`${item} is not proven by what was handed in`);
}

/** The site itself: on loopback, under its own name, with the headers that the edge sends. */
async function lookedAt(handover: Handover): Promise<void> {
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
    await proven("PRE-10 or PRE-11", () => serve({ certificate }, looking));
  } finally {
    authority.remove();
  }
}

/** A tool's output with the project's times, folders, commit and page. */
function moved({ app, now }: Handover, path: string, page = "/", prefix = ""): string {
  const shift = now.getTime() - hour - written;
  const text = readFileSync(join(fixtures, path), "utf8")
    .replaceAll(/2026-11-25T\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (at) =>
      new Date(Date.parse(at) + shift).toISOString(),
    )
    .replaceAll(/\b1795\d{9}\b/g, (at) => String(Number(at) + shift))
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+\//g, `https://staging.example.com${page}`)
    .replaceAll("/tmp/app/vitest-2", app)
    .replaceAll("b97e58a143dd8e04d9469120164076052aa2c2f9", git(app, "rev-parse", "HEAD"));
  return record(app, prefix + path.replaceAll("/", "-"), text);
}

/** The routes of Next's own report under the names of the service's pages. */
function bundle(handover: Handover, pages: readonly string[]): string {
  const file = moved(handover, "next-bundle/good.json");
  const routes: { route: string }[] = JSON.parse(readFileSync(file, "utf8"));
  const renamed = routes.map((route, i) => ({ ...route, route: pages[i] ?? route.route }));
  return record(handover.app, "bundle.json", JSON.stringify(renamed));
}

function record(app: string, name: string, text: string): string {
  const path = join(app, "out", name);
  mkdirSync(join(app, "out"), { recursive: true });
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
