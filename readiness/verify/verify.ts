/** `verify`: whether a running site is as it must be, seen from outside, and stays so. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import packageJson from "../../package.json" with { type: "json" };
import { UsageError } from "../errors.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { jsonText } from "../terminal/json-text.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { clearProgress, showProgress } from "../terminal/progress.ts";
import { browsed } from "./browse.ts";
import { judgeOf } from "./check.ts";
import { type DeclaredNames, recordsOf } from "./checks/records.ts";
import { declaredNames } from "./declared-names.ts";
import { usualLimits } from "./limits.ts";
import type { NoAnswer } from "./no-answer.ts";
import { renderJunit } from "./render/junit.ts";
import { renderText } from "./render/text.ts";
import { type Phase, statusOf, type VerifyReport, verdictOf } from "./report.ts";
import { reach, type Settings, type Site } from "./site.ts";
import { awaitHealth, pauseMilliseconds, type Seen, smoke } from "./smoke.ts";
import { anybodys, type Subject, subjectOf } from "./subject.ts";
import { type Observer, observerOf } from "./watch/observer.ts";
import { watchOf } from "./watch/phase.ts";
import { minutesOf } from "./watch/state.ts";
import type { Ticker } from "./watch/watch.ts";

export interface VerifyOptions {
  readonly url?: string;
  readonly stack?: string;
  /** What is deployed of it. */
  readonly state?: string;
  readonly phase: Phase;
  readonly commit?: string;
  readonly deployment?: string;
  /** Of each class of endpoints. */
  readonly samples: number;
  readonly waitSeconds: number;
  readonly burst?: number;
  readonly browser: boolean;
  /** Requests a minute of a watch. */
  readonly perMinute: number;
  /** Report of the time before. */
  readonly before?: string;
  /** Where a watch keeps its state and its picture. */
  readonly folder: string;
  readonly format: "text" | "json" | "junit";
  readonly out?: string;
  /** File for what axe found. */
  readonly axe?: string;
}

/** What tests put in the place of the network, the clock and the time that passes. */
export type World = Partial<Settings> & { readonly ticker?: Ticker };

/** All of the smoke phase, what is waited for aside; a browser and slow classes among it. */
const patienceMilliseconds = 5 * 60_000;

/**
 * @returns 0 where all was seen to be well, 1 where something is not, 3 where something is unknown
 * @throws UsageError for an address that is none, a stack without a stack file, an account of which half is missing
 */
export async function verify(options: VerifyOptions, projectDir: string, world: World = {}): Promise<number> {
  const { format, out } = options;
  if (out !== undefined) assertOutput(out);
  if (options.axe !== undefined) assertOutput(options.axe, "--axe");
  const asked = await askedFor(options, projectDir);
  const { about } = asked;
  const report = await verified(options, asked, projectDir, world);
  // What a watch cost is not watched again to hand it in.
  if (report.watch)
    writeWhole(`${watchFile(options, about, projectDir)}-report.json`, jsonText(report), "--folder");
  const text = {
    text: () => renderText(report, pageOf(out === undefined ? process.stdout : undefined)),
    json: () => jsonText(report),
    junit: () => renderJunit(report),
  }[format]();
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return statusOf(report);
}

interface Asked {
  readonly about: Subject;
  readonly observer: Observer | undefined;
  /** Nothing of an address of anybody's. */
  readonly names: DeclaredNames | undefined;
}

async function askedFor({ url, stack, state }: VerifyOptions, projectDir: string): Promise<Asked> {
  if (stack !== undefined) {
    selectStacks([stack], false, listStacks(projectDir));
    const { spec, config } = loadStack(projectDir, stack);
    return {
      about: subjectOf(spec, url),
      observer: observerOf(spec, config, process.env),
      names: await declaredNames(projectDir, spec, state),
    };
  }
  if (state !== undefined) throw new UsageError("--state is of a stack: give --stack too");
  if (url === undefined) throw new UsageError("verify needs --url, or --stack for the stack's own site");
  return { about: anybodys(url), observer: undefined, names: undefined };
}

const reached = judgeOf("site");

async function verified(
  options: VerifyOptions,
  { about, observer, names }: Asked,
  projectDir: string,
  world: World,
): Promise<VerifyReport> {
  const { commit, phase, waitSeconds } = options;
  const clock = world.clock ?? (() => new Date());
  const startedAt = clock().toISOString();
  const comesUp = Date.now() + waitSeconds * 1000;
  const watching = phase === "smoke" ? 0 : minutesOf[phase] * 60_000;
  const settings: Settings = {
    clock,
    ends: comesUp + patienceMilliseconds + watching,
    milliseconds: usualLimits.exchangeMilliseconds,
    ...world,
  };
  showProgress("looking up records…");
  // Where the site is not found, they say why.
  const records = names ? await recordsOf(names, settings.nameServers) : { checks: [], looks: [] };
  showProgress("looking for the site…");
  const site = await reachedBy(about, settings, comesUp);
  let seen: Seen = { checks: [], samples: [], pages: [], commit: undefined };
  if ("failure" in site) seen = { ...seen, checks: [reached.fail(about.site.host, site.failure)] };
  else seen = await phases(site, options, observer, projectDir, comesUp, world);
  clearProgress();
  const checks = [...records.checks, ...seen.checks];
  return {
    format: "verify-1.1",
    tool: { name: packageJson.name, version: packageJson.version },
    url: about.site.href,
    address: "failure" in site ? null : site.at.address,
    stack: about.stack ?? null,
    phase,
    commit: { wanted: commit ?? null, seen: seen.commit ?? null },
    deployment: options.deployment ?? null,
    startedAt,
    finishedAt: clock().toISOString(),
    verdict: verdictOf(checks),
    checks,
    samples: seen.samples,
    pages: seen.pages,
    records: records.looks,
    watch: seen.watch ?? null,
  };
}

/** Whoever comes up has no open port for a while. */
async function reachedBy(about: Subject, settings: Settings, comesUp: number): Promise<Site | NoAnswer> {
  for (;;) {
    const site = await reach(about, settings);
    if (!("failure" in site) || Date.now() + pauseMilliseconds > comesUp) return site;
    await sleep(pauseMilliseconds);
  }
}

/** Without its ending. */
function watchFile({ folder, phase }: VerifyOptions, { site }: Subject, projectDir: string): string {
  return join(projectDir, folder, `${site.host.replace(/[^\w.-]/g, "_")}-${phase}`);
}

/** What is not well at once is not watched. */
async function phases(
  site: Site,
  options: VerifyOptions,
  observer: Observer | undefined,
  projectDir: string,
  comesUp: number,
  { ticker }: World,
): Promise<Seen> {
  const { commit, samples, burst, phase, waitSeconds } = options;
  const file = `${watchFile(options, site.subject, projectDir)}.json`;
  const from = phase === "smoke" ? undefined : watchOf(file, site, options, ticker);
  let seen: Seen = { checks: [], samples: [], pages: [], commit: undefined };
  if (from === undefined || from.state.minutes.length === 0) {
    if (waitSeconds > 0) await awaitHealth(site, commit, comesUp);
    const browse = async () => {
      const found = await browsed(site, options.browser, process.env);
      if (options.axe !== undefined) writeWhole(options.axe, JSON.stringify(found.axe), "--axe");
      return found;
    };
    seen = await smoke(site, { commit, samples, burst }, browse, showProgress);
  }
  if (from === undefined || verdictOf(seen.checks) === "fail") return seen;
  const { checks, state } = await from.goOn(observer);
  return {
    ...seen,
    checks: [...seen.checks, ...checks],
    commit: seen.commit ?? state.minutes.at(-1)?.commit ?? undefined,
    watch: state,
  };
}
