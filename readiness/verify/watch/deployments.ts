/** What a watch says of versions: which of them fails, or is slower than the one before it. */
import { healthyShare } from "../../../model/sampling/watch.ts";
import { type Check, judgeOf } from "../check.ts";
import type { DeployedVersion, VersionLook, WatchedMinute, WatchPhase } from "./state.ts";

const versions = judgeOf("versions");
const failing = judgeOf("errors by version");
const slower = judgeOf("response times by version");

/** What Datadog has not answered for so many minutes is not known. */
const latest = 3;

/** Each look is at all of the window: the last one that was answered counts. */
export function ofDeployments(phase: WatchPhase, minutes: readonly WatchedMinute[]): readonly Check[] {
  const looks = minutes.flatMap(({ versions: look }) => (look ? [look] : [])).slice(-latest);
  const last = looks.findLast((look) => look.every(({ problem }) => problem === null)) ?? looks.at(-1);
  return (last ?? []).flatMap((look) => ofService(`${phase} ${look.service}`, look));
}

function ofService(subject: string, { problem, now, before, errors, slow }: VersionLook): readonly Check[] {
  if (!now) return [versions.unknown(subject, problem ?? "Datadog knows of none")];
  return [ofErrors(subject, now, before, errors), ofSpeed(subject, now, before, slow)];
}

const short = ({ version }: DeployedVersion) => version.slice(0, 12);
const undecided = "not decided, with so few requests";

function ofErrors(
  subject: string,
  now: DeployedVersion,
  before: DeployedVersion | null,
  outcome: VersionLook["errors"],
): Check {
  const than = before
    ? `, of ${short(before)} before it ${before.errors} of ${before.requests}`
    : ", and no other version answered before it";
  const said = `${now.errors} of ${now.requests} requests to version ${short(now)} failed${than}`;
  if (outcome !== "fail")
    return failing[outcome](subject, outcome === "pass" ? said : `${said}: ${undecided}`);
  const why = before
    ? "more than chance or another mix of requests explains"
    : `far more than a healthy release's ${healthyShare * 100} %`;
  return failing.fail(subject, `${said}: ${why}, roll back`);
}

function ofSpeed(
  subject: string,
  now: DeployedVersion,
  before: DeployedVersion | null,
  slow: VersionLook["slow"],
): Check {
  if (!before) return slower.notAsked(subject, "no other version answered before, to compare with");
  if (!slow) return slower.unknown(subject, `${short(before)} answered too few requests to tell its p95`);
  const { outcome, requests, slower: count, expected } = slow;
  const p95 = `p95 of version ${short(now)} is ${now.p95Ms ?? "unknown"} ms, of ${short(before)} before it ${before.p95Ms} ms`;
  const said = `${p95}: ${count} of ${requests} took longer than that, ${expected} would have as before`;
  if (outcome === "fail") return slower.fail(subject, `${said}: roll back`);
  return slower[outcome](subject, outcome === "pass" ? said : `${said}: ${undecided}`);
}
