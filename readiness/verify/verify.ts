/** `verify`: whether a running site is as it must be, seen from outside. */
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
import { usualLimits } from "./limits.ts";
import { renderJunit } from "./render/junit.ts";
import { renderText } from "./render/text.ts";
import { type Phase, statusOf, type VerifyReport, verdictOf } from "./report.ts";
import { reach, type Settings } from "./site.ts";
import { awaitHealth, type Seen, smoke } from "./smoke.ts";
import { anybodys, type Subject, subjectOf } from "./subject.ts";

export interface VerifyOptions {
  readonly url?: string;
  readonly stack?: string;
  readonly phase: Phase;
  readonly commit?: string;
  readonly deployment?: string;
  /** Of each class of endpoints. */
  readonly samples: number;
  readonly waitSeconds: number;
  readonly burst?: number;
  readonly browser: boolean;
  readonly format: "text" | "json" | "junit";
  readonly out?: string;
}

/** All of the smoke phase, what is waited for aside; a browser and slow classes among it. */
const patienceMilliseconds = 5 * 60_000;

/**
 * @param world what tests put in the place of the network and the clock
 * @returns 0 where all was seen to be well, 1 where something is not, 3 where something is unknown
 * @throws UsageError for an address that is none, a stack without a stack file, an account of which half is missing
 */
export async function verify(
  options: VerifyOptions,
  projectDir: string,
  world: Partial<Settings> = {},
): Promise<number> {
  const { format, out } = options;
  if (out !== undefined) assertOutput(out);
  const report = await verified(options, subject(options, projectDir), world);
  const text = {
    text: () => renderText(report, pageOf(out === undefined ? process.stdout : undefined)),
    json: () => jsonText(report),
    junit: () => renderJunit(report),
  }[format]();
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return statusOf(report);
}

function subject({ url, stack }: VerifyOptions, projectDir: string): Subject {
  if (stack !== undefined) {
    selectStacks([stack], false, listStacks(projectDir));
    return subjectOf(loadStack(projectDir, stack).spec, url);
  }
  if (url === undefined) throw new UsageError("verify needs --url, or --stack for the stack's own site");
  return anybodys(url);
}

const reached = judgeOf("site");

async function verified(
  options: VerifyOptions,
  about: Subject,
  world: Partial<Settings>,
): Promise<VerifyReport> {
  const { commit, samples, burst, waitSeconds } = options;
  const clock = world.clock ?? (() => new Date());
  const startedAt = clock().toISOString();
  const comesUp = Date.now() + waitSeconds * 1000;
  const settings: Settings = {
    clock,
    ends: comesUp + patienceMilliseconds,
    milliseconds: usualLimits.exchangeMilliseconds,
    ...world,
  };
  showProgress("looking for the site…");
  const site = await reach(about, settings);
  let seen: Seen = { checks: [], samples: [], commit: undefined };
  if ("failure" in site) seen = { ...seen, checks: [reached.fail(about.site.host, site.failure)] };
  else {
    if (waitSeconds > 0) await awaitHealth(site, commit, comesUp);
    const browse = () => browsed(site, options.browser, process.env);
    seen = await smoke(site, { commit, samples, burst }, browse, showProgress);
  }
  clearProgress();
  return {
    format: "verify-1.0",
    tool: { name: packageJson.name, version: packageJson.version },
    url: about.site.href,
    address: "failure" in site ? null : site.at.address,
    stack: about.stack ?? null,
    phase: options.phase,
    commit: { wanted: commit ?? null, seen: seen.commit ?? null },
    deployment: options.deployment ?? null,
    startedAt,
    finishedAt: clock().toISOString(),
    verdict: verdictOf(seen.checks),
    checks: seen.checks,
    samples: seen.samples,
  };
}
