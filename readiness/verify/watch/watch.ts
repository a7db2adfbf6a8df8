/** A phase after the deployment: asks the site all the time, and says after each minute whether it has to go back. */
import { setTimeout as sleep } from "node:timers/promises";
import { judgeSlower, judgeWatch } from "../../../model/sampling/watch.ts";
import { parseJson } from "../../foreign-json.ts";
import { type Check, judgeOf } from "../check.ts";
import { type Answer, keptAlive } from "../exchange.ts";
import type { NoAnswer } from "../no-answer.ts";
import type { Site } from "../site.ts";
import { ofDeployments } from "./deployments.ts";
import type { Observer } from "./observer.ts";
import { keep, minutesOf, type WatchedMinute, type WatchPhase, type WatchState } from "./state.ts";
import type { Target } from "./targets.ts";

/** The time, and how it passes. */
export interface Ticker {
  now(): number;
  /** Until so many milliseconds since 1970. */
  until(at: number): Promise<void>;
}

export const realTime: Ticker = {
  now: Date.now,
  until: (at) => sleep(Math.max(0, at - Date.now())),
};

export interface Watch {
  readonly site: Site;
  readonly phase: WatchPhase;
  readonly targets: readonly Target[];
  /** Requests a minute. */
  readonly perMinute: number;
  /** Whether `slowMs` of the targets is what they took before. */
  readonly compared: boolean;
  readonly file: string;
  readonly ticker: Ticker;
  readonly observer: Observer | undefined;
  readonly progress: (text: string) => void;
}

const minuteMilliseconds = 60_000;
const errors = judgeOf("errors");
const speed = judgeOf("response times");
const release = judgeOf("release");
const monitors = judgeOf("monitors");
/** Of a watch that was interrupted, what must have been seen all the same. */
const fewestSeen = 0.9;
/** A monitor that alerts for a minute may be one of before. */
const fewestAlerting = 2;

export interface Watched {
  readonly state: WatchState;
  readonly checks: readonly Check[];
}

/** Ends early where it is clear that the release has to go back. */
export async function watch(about: Watch, from: WatchState): Promise<Watched> {
  const { ticker, phase, file, progress } = about;
  const all = minutesOf[phase];
  const began = Date.parse(from.startedAt);
  let state = from;
  for (;;) {
    const minute = Math.floor((ticker.now() - began) / minuteMilliseconds);
    if (minute >= all) break;
    // Interrupted and begun again within one.
    if (state.minutes.at(-1)?.minute === minute) {
      await ticker.until(began + (minute + 1) * minuteMilliseconds);
      continue;
    }
    progress(`minute ${minute + 1} of ${all}…`);
    state = { ...state, minutes: [...state.minutes, await oneMinute(about, minute, state)] };
    keep(file, state);
    if (judged(about, state).some(({ outcome }) => outcome === "fail")) break;
    await ticker.until(began + (minute + 1) * minuteMilliseconds);
  }
  return { state, checks: judged(about, state, true) };
}

async function oneMinute(
  { site, phase, targets, perMinute, ticker, observer }: Watch,
  minute: number,
  { startedAt, commit }: WatchState,
): Promise<WatchedMinute> {
  const began = Date.parse(startedAt);
  const agents = keptAlive(perMinute);
  const [start, end] = [ticker.now(), began + (minute + 1) * minuteMilliseconds];
  const pause = minuteMilliseconds / perMinute;
  const asked: Promise<{
    readonly target: Target;
    readonly answer: Answer | NoAnswer;
    readonly ms: number;
  }>[] = [];
  for (let i = 0; i < perMinute; i++) {
    const at = start + i * pause;
    // Begun in the middle of one, it has fewer.
    if (at >= end) break;
    await ticker.until(at);
    const target = targets[(minute * perMinute + i) % targets.length];
    if (target) asked.push(ask(site, target, agents));
  }
  const answers = await Promise.all(asked);
  agents.close();
  const failed = answers.filter(({ answer }) => "failure" in answer || answer.status >= 500);
  const answered = answers.filter(({ answer }) => "status" in answer && answer.status < 500);
  const commits = answers.flatMap(({ target, answer }) =>
    target.health && "text" in answer ? (commitIn(answer.text) ?? []) : [],
  );
  const running = commit ?? commits.at(-1) ?? null;
  const moment = { began, now: ticker.now(), looks: minutesOf[phase], commit: running };
  const [names, versions] = observer
    ? await Promise.all([observer.alerting(), observer.versions(moment)])
    : [null, null];
  return {
    minute,
    requests: answers.filter(({ answer }) => !("status" in answer && answer.status === 429)).length,
    errors: failed.length,
    slower: answered.filter(({ target, ms }) => ms > target.slowMs).length,
    ms: answered.map(({ ms }) => Math.round(ms)),
    commit: commits.at(-1) ?? null,
    alerting: names === null ? null : [...names],
    versions,
  };
}

async function ask(site: Site, target: Target, agents: ReturnType<typeof keptAlive>) {
  const began = performance.now();
  const answer = await site.ask(target.path, { agents });
  return { target, answer, ms: performance.now() - began };
}

function commitIn(text: string): string | undefined {
  try {
    const { commit } = Object(parseJson(text));
    return typeof commit === "string" ? commit.slice(0, 64) : undefined;
  } catch {
    return undefined;
  }
}

/** @param over whether nothing more comes */
function judged(about: Watch, { minutes, dispersion }: WatchState, over = false): readonly Check[] {
  const { phase } = about;
  const all = minutesOf[phase];
  const verdict = judgeWatch(minutes, dispersion, all);
  const checks = [
    ofErrors(about, verdict, minutes.length),
    ...ofRelease(phase, minutes),
    ...ofObserver(about, minutes),
  ];
  if (!over || checks.some(({ outcome }) => outcome === "fail")) return checks;
  const missed = minutes.length < all * fewestSeen;
  const gaps = missed
    ? [
        errors.unknown(
          `${phase} as a whole`,
          `${minutes.length} of ${all} minutes were watched, the others not`,
        ),
      ]
    : [];
  return [...checks, ofSpeed(about, minutes), ...gaps];
}

function ofErrors({ phase }: Watch, verdict: ReturnType<typeof judgeWatch>, minutes: number): Check {
  const counts = `${verdict.errors} of ${verdict.requests} of our own requests failed`;
  if (verdict.outcome === "fail") {
    return errors.fail(
      phase,
      `${counts} by minute ${verdict.minute}: far more than a healthy release's 0.2 %, roll back`,
    );
  }
  const bound = `at most ${(100 * verdict.bound).toFixed(2)} % with 95 % confidence`;
  if (verdict.outcome === "pass")
    return errors.pass(phase, `${counts} in ${minutes} minutes: ${bound}, below 1 %`);
  return errors.unknown(
    phase,
    `${counts} in ${minutes} minutes: ${bound}, not enough traffic to say that it is below 1 %`,
  );
}

function ofSpeed({ phase, compared }: Watch, minutes: readonly WatchedMinute[]): Check {
  const slower = minutes.reduce((sum, one) => sum + one.slower, 0);
  const answered = minutes.reduce((sum, one) => sum + one.ms.length, 0);
  const than = compared
    ? "than 95 % were before"
    : "than the level of their alert, with no time before to compare with";
  const said = `${slower} of ${answered} were slower ${than}`;
  const verdict = judgeSlower(slower, answered);
  return speed[verdict](phase, verdict === "fail" ? `${said}: more than 7.5 %` : said);
}

function ofRelease(phase: WatchPhase, minutes: readonly WatchedMinute[]): readonly Check[] {
  const seen = [...new Set(minutes.flatMap(({ commit }) => commit ?? []))];
  if (seen.length < 2) return [];
  return [
    release.fail(phase, `another commit came in between: ${seen.map((id) => id.slice(0, 12)).join(", ")}`),
  ];
}

function ofObserver({ observer, phase }: Watch, minutes: readonly WatchedMinute[]): readonly Check[] {
  if (observer) return [...ofMonitors(phase, minutes), ...ofDeployments(phase, minutes)];
  return [monitors.notAsked(phase, "no keys of Datadog in the environment, or no stack")];
}

function ofMonitors(phase: WatchPhase, minutes: readonly WatchedMinute[]): readonly Check[] {
  const told = minutes.filter(({ alerting }) => alerting !== null);
  if (told.length === 0)
    return [monitors.unknown(phase, "Datadog does not answer with the stack's monitors")];
  const last = told.slice(-fewestAlerting).map(({ alerting }) => new Set(alerting));
  const lasting = [...(last[0] ?? [])].filter(
    (name) => last.length === fewestAlerting && last.every((names) => names.has(name)),
  );
  if (lasting.length > 0) return [monitors.fail(phase, `alerting: ${lasting.slice(0, 5).join(", ")}`)];
  const ever = new Set(told.flatMap(({ alerting }) => alerting ?? []));
  return [
    monitors.pass(
      phase,
      ever.size === 0 ? "none alerted" : `${[...ever].slice(0, 5).join(", ")} alerted for a moment`,
    ),
  ];
}
