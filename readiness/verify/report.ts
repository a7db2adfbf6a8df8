/** What a verification found, for machines and people. The shape is report.schema.json; a field is never renamed. */
import type { RecordLook } from "../../model/evidence/dns-records.ts";
import { exitStatus } from "../exit-status.ts";
import type { Check } from "./check.ts";
import { type Phase, phases } from "./phases.ts";
import type { Sampled } from "./sampler.ts";
import type { WatchState } from "./watch/state.ts";

export { type Phase, phases };

export interface MeasuredPage {
  readonly url: string;
  /** After redirects. */
  readonly shown: string;
  /** How often it was visited: of several the middle one counts. */
  readonly visits: number;
  readonly lcpMs: number | null;
  readonly cls: number | null;
  readonly inpMs: number | null;
  readonly responseMs: number | null;
}

export interface VerifyReport {
  readonly format: "verify-1.1";
  readonly tool: { readonly name: string; readonly version: string };
  readonly url: string;
  /** The address that its name led to; null where it was not reached. */
  readonly address: string | null;
  /** Null of an address of anybody's. */
  readonly stack: string | null;
  readonly phase: Phase;
  /** Full id of what was to run, and what the site says that it runs. */
  readonly commit: { readonly wanted: string | null; readonly seen: string | null };
  readonly deployment: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly verdict: "pass" | "fail" | "unknown";
  readonly checks: readonly Check[];
  /** Every sample that a verdict stands on. */
  readonly samples: readonly (Sampled & { readonly service: string })[];
  /** Each page as a browser had it; none without one. */
  readonly pages: readonly MeasuredPage[];
  /** What was looked up of the records that the stack asks somebody else for; none where it declares them. */
  readonly records: readonly RecordLook[];
  /** Minute by minute; null of the smoke phase alone. */
  readonly watch: WatchState | null;
}

/** The worst that was seen; nothing seen is nothing known. */
export function verdictOf(checks: readonly Check[]): VerifyReport["verdict"] {
  const has = (outcome: Check["outcome"]) => checks.some((check) => check.outcome === outcome);
  if (has("fail")) return "fail";
  return has("unknown") || !has("pass") ? "unknown" : "pass";
}

export function statusOf({ verdict }: Pick<VerifyReport, "verdict">): number {
  return { pass: exitStatus.go, fail: exitStatus.noGo, unknown: exitStatus.undetermined }[verdict];
}
