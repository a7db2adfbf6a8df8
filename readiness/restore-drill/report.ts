/** What a restore drill says at its end. */
import { exitStatus } from "../exit-status.ts";
import { clean } from "../terminal/layout.ts";
import { type Check, differs } from "./compare.ts";

export interface Found {
  readonly decidedAt: Date;
  readonly answeredAt: Date;
  readonly wantedAt: Date;
  readonly recoveredAt: Date | undefined;
  readonly vault: string;
  readonly recoveryPoint: string;
  readonly errors: readonly string[];
  readonly checks: readonly Check[];
  readonly limits: { readonly rtoMinutes: number; readonly rpoMinutes: number };
}

export interface Verdict {
  readonly status: number;
  readonly rtoMinutes: number;
  /** Absent where nothing tells of when the data is. */
  readonly rpoMinutes: number | undefined;
  /** What is wrong, a line each. */
  readonly faults: readonly string[];
  /** What cannot be told. */
  readonly unknown: readonly string[];
}

export function verdictOf(found: Found): Verdict {
  const { decidedAt, answeredAt, wantedAt, recoveredAt, errors, checks, limits } = found;
  const rtoMinutes = minutes(decidedAt, answeredAt);
  const rpoMinutes = recoveredAt && Math.max(0, minutes(recoveredAt, wantedAt));
  const faults = [
    ...errors.map((error) => `the restore says: ${error}`),
    ...checks
      .filter(differs)
      .map(({ what, expected, found: value }) => `${what} is ${value}, was ${expected}`),
    ...(rtoMinutes > limits.rtoMinutes
      ? [`it took ${rounded(rtoMinutes)} minutes, must be ${limits.rtoMinutes} at most`]
      : []),
    ...(rpoMinutes !== undefined && rpoMinutes > limits.rpoMinutes
      ? [`${rounded(rpoMinutes)} minutes of writes are lost, must be ${limits.rpoMinutes} at most`]
      : []),
  ];
  const unknown = [
    ...(checks.length === 0 && faults.length === 0 ? ["nothing of it was looked at"] : []),
    ...(recoveredAt === undefined && faults.length === 0
      ? ["nothing tells of when its data is, so nobody knows what is lost: --manifest does"]
      : []),
  ];
  const status =
    faults.length > 0 ? exitStatus.noGo : unknown.length > 0 ? exitStatus.undetermined : exitStatus.go;
  return { status, rtoMinutes, rpoMinutes, faults, unknown };
}

function minutes(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / 60_000;
}

function rounded(value: number): number {
  return Math.ceil(value * 10) / 10;
}

export function toJson(found: Found, verdict: Verdict): string {
  const { checks, limits, vault, recoveryPoint, decidedAt, answeredAt, wantedAt, recoveredAt = null } = found;
  const { rpoMinutes = null, ...rest } = verdict;
  const times = { decidedAt, answeredAt, wantedAt, recoveredAt };
  const report = {
    schemaVersion: "1.0",
    ...rest,
    rpoMinutes,
    limits,
    vault,
    recoveryPoint,
    ...times,
    checks,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function toText(
  { checks, limits }: Found,
  { rtoMinutes, rpoMinutes, faults, unknown }: Verdict,
): string {
  const same = checks.filter((check) => !differs(check)).length;
  const lost = rpoMinutes === undefined ? "not known" : `${rounded(rpoMinutes)} min (${limits.rpoMinutes})`;
  return [
    ...faults.map((fault) => `✗ ${clean(fault)}`),
    ...unknown.map((what) => `? ${clean(what)}`),
    `${faults.length + unknown.length === 0 ? "✓" : "–"} ${same} of ${checks.length} checks are as in the original; RTO ${rounded(rtoMinutes)} min (${limits.rtoMinutes}), RPO ${lost}`,
    "",
  ].join("\n");
}
