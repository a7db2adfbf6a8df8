/** What a tool or a record measured, in the checklist's terms; a reader of raw output makes it. */
import type { JudgedRecord } from "./dns-records.ts";

/** Part of a run that was split; both count from 1. */
export interface Shard {
  readonly index: number;
  readonly total: number;
}

export type Measure =
  | TestsMeasure
  | CoverageMeasure
  | LintMeasure
  | CommandMeasure
  | VulnerabilitiesMeasure
  | BundleMeasure
  | AccessibilityMeasure
  | TransportMeasure
  | HeadersMeasure
  | PerformanceMeasure
  | LoadMeasure
  | MigrationsMeasure
  | QueryPlansMeasure
  | RestoreMeasure
  | RollbackMeasure
  | DrillMeasure
  | SecurityReviewMeasure
  | AlertHistoryMeasure
  | RecordsMeasure
  | WatchMeasure<"watch-10m">
  | WatchMeasure<"watch-1h">;

/** Every test once, by how it ended. */
export interface TestsMeasure {
  readonly kind: "tests";
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  /** Skipped and todo. */
  readonly skipped: number;
  /** Passed after a retry; also counted in `passed`. */
  readonly flaky: number;
  readonly shard: Shard | null;
  /** What kept tests from running, such as `only`, `-t login`; null where the output shows the whole suite. */
  readonly narrowedBy: string | null;
}

/** Counts, not percentages: those can be `Unknown`, or rounded up. */
export interface CoverageMeasure {
  readonly kind: "coverage";
  readonly lines: Covered;
  readonly statements: Covered;
  readonly functions: Covered;
  readonly branches: Covered;
  /** Source files that the report knows. */
  readonly files: readonly string[];
}
export interface Covered {
  readonly covered: number;
  readonly total: number;
}

export interface LintMeasure {
  readonly kind: "lint";
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  /** Findings that comments or a baseline hide; null where the output does not tell. */
  readonly suppressed: number | null;
}

/** A command that `evidence -- run` carried out: for tools whose passing run prints nothing. */
export interface CommandMeasure {
  readonly kind: "command";
  readonly command: string;
  readonly exitCode: number;
  readonly seconds: number;
}

export interface VulnerabilitiesMeasure {
  readonly kind: "vulnerabilities";
  /** Packages that were looked at. */
  readonly dependencies: number;
  readonly known: Readonly<Record<"low" | "moderate" | "high" | "critical" | "unknown", number>>;
  /** Such as `braces 2.3.1: GHSA-…`, the worst first. */
  readonly named: readonly string[];
  /** ISO 8601; when the database of vulnerabilities was made; null where the output does not tell. */
  readonly databaseFrom: string | null;
  /** Lockfiles, images or folders that were looked at, as the tool names them; empty where its output does not. */
  readonly sources: readonly string[];
}

/** Bytes of JavaScript that each route loads, uncompressed. */
export interface BundleMeasure {
  readonly kind: "bundle";
  readonly routes: readonly {
    readonly route: string;
    readonly bytes: number;
    readonly compressed: boolean;
  }[];
}

export interface AccessibilityMeasure {
  readonly kind: "accessibility";
  readonly pages: readonly {
    readonly url: string;
    /** Ids of the rules that the page breaks. */
    readonly violations: readonly string[];
    readonly passes: number;
    /** Rules that need a person's eye. */
    readonly incomplete: number;
  }[];
  /** Tags of the rules that ran, such as `wcag2aa`. */
  readonly standards: readonly string[];
}

/** How a site is reached, as it was looked at. */
export interface TransportMeasure {
  readonly kind: "transport";
  /** With its port, where that is not the usual one. */
  readonly host: string;
  /** Every one that the site showed; none where no handshake succeeded. */
  readonly certificates: readonly {
    /** ISO 8601. */
    readonly validFrom: string;
    readonly validTo: string;
    /** Whole days from the look until then; negative where it had ended. */
    readonly daysLeft: number;
    /** Whether one of its names is the host's. */
    readonly ofHost: boolean;
    /** Why it was not trusted, such as `DEPTH_ZERO_SELF_SIGNED_CERT`; null where its chain leads to a known root. */
    readonly distrust: string | null;
  }[];
  readonly versions: readonly {
    /** Such as `TLSv1.1`. */
    readonly version: string;
    /** Null where neither was seen, such as after silence. */
    readonly accepted: boolean | null;
  }[];
  /** How far the clock that it was looked at with is from the site's own; null where no answer tells the time. */
  readonly clockSeconds: number | null;
  readonly pages: readonly {
    readonly url: string;
    /** What is wrong with it over HTTPS, and over plain HTTP; null where nothing is. */
    readonly secure: string | null;
    readonly plain: string | null;
  }[];
}

/** The security headers of a site, graded page by page as MDN's HTTP Observatory does. */
export interface HeadersMeasure {
  readonly kind: "headers";
  readonly host: string;
  readonly pages: readonly {
    readonly url: string;
    /** Why there is nothing to grade; null where there is. */
    readonly problem: string | null;
    readonly score: number;
    /** Such as `B+`. */
    readonly grade: string;
    /** What costs points, the most first, such as `no Content-Security-Policy (-25)`. */
    readonly deductions: readonly string[];
  }[];
}

export interface PerformanceMeasure {
  readonly kind: "performance";
  readonly pages: readonly {
    /** As it was asked for, and as it was shown after redirects. */
    readonly url: string;
    readonly shown: string;
    readonly lcpMs: number | null;
    readonly cls: number | null;
    readonly inpMs: number | null;
    /** Until the page has answered. */
    readonly responseMs: number | null;
  }[];
}

export interface LoadMeasure {
  readonly kind: "load";
  /** By endpoint class; `all` where the output has no classes. */
  readonly classes: readonly {
    readonly class: string;
    readonly requests: number;
    readonly failures: number;
    /** Null where the output has no such percentile. */
    readonly p95Ms: number | null;
  }[];
  /** Thresholds of the tool's own that were broken, by name. */
  readonly broken: readonly string[];
}

export interface MigrationsMeasure {
  readonly kind: "migrations";
  /** Names in the order in which they are applied. */
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** What is wrong with those that are applied, such as `edited since`, `missing file`; by name. */
  readonly wrong: readonly string[];
}

export interface QueryPlansMeasure {
  readonly kind: "query-plans";
  readonly plans: readonly {
    /** The statement, shortened. */
    readonly query: string;
    /** Tables that are read from end to end, with their estimated rows. */
    readonly scans: readonly { readonly table: string; readonly rows: number }[];
  }[];
}

/** A backup that was restored to see whether it can be. */
export interface RestoreMeasure {
  readonly kind: "restore";
  /** Name of the vault that the recovery point was in. */
  readonly vault: string;
  /** ARN or id of the recovery point. */
  readonly recoveryPoint: string;
  /** From the decision to restore until the restored database answered. */
  readonly minutes: number;
  /** Of writes, between the moment that the data is of and the one that it was to be of. */
  readonly lostMinutes: number;
  /** What was looked up in the restored data. */
  readonly checks: readonly { readonly what: string; readonly expected: string; readonly found: string }[];
}

/** A release that was taken back to see whether it can be. */
export interface RollbackMeasure {
  readonly kind: "rollback";
  readonly applicationMinutes: number;
  /** Of the database's migration; a rollback without one leaves half of it untried. */
  readonly databaseMinutes: number;
  /** From the decision until both were back. */
  readonly minutes: number;
  /** Releases, such as commits, that were left and that were returned to. */
  readonly from: string;
  readonly to: string;
}

/** An incident that was none, to see who answers. */
export interface DrillMeasure {
  readonly kind: "drill";
  readonly severity: string;
  /** Ids of people of the stack's config; null for who did not answer. */
  readonly paged: readonly { readonly person: string; readonly answeredAfterMinutes: number | null }[];
}

export interface SecurityReviewMeasure {
  readonly kind: "security-review";
  /** E-mail address. */
  readonly reviewer: string;
  /** Of the OWASP Top Ten. */
  readonly edition: "2021" | "2025";
  /** What of it, and of authentication and authorisation, was looked at; such as `A01`. */
  readonly reviewed: readonly string[];
  /** What was looked at and found wanting. */
  readonly failed: readonly string[];
  /** Titles of findings without a fix. */
  readonly open: readonly string[];
}

export interface AlertHistoryMeasure {
  readonly kind: "alert-history";
  readonly hours: number;
  /** Alerts whose history it is, whether they fired or not. */
  readonly watched: number;
  /** Names of those that were still open at its end. */
  readonly open: readonly string[];
}

/** A deployment that was watched from outside, by requests of our own. */
export interface WatchMeasure<K extends "watch-10m" | "watch-1h" = "watch-10m" | "watch-1h"> {
  readonly kind: K;
  /** With its port, where that is not the usual one. */
  readonly host: string;
  /** That were watched: fewer than the phase has, where it was interrupted. */
  readonly minutes: number;
  readonly requests: number;
  readonly errors: number;
  /** Whether so few errors of so many requests show that less than 1 % fail. */
  readonly shown: boolean;
  /** Checks that failed, and that came to nothing; such as `response times 10m`. */
  readonly failed: readonly string[];
  readonly unknown: readonly string[];
}

/** The records that a stack asks for where somebody else keeps them, as the DNS answered. */
export interface RecordsMeasure {
  readonly kind: "records";
  readonly host: string;
  readonly records: readonly (JudgedRecord & {
    readonly name: string;
    readonly type: string;
    /** Whether there has to be one; of others there has to be none. */
    readonly wanted: boolean;
  })[];
  /** Whether a resolver has validated answers about the host; null where nobody knows. */
  readonly signed: boolean | null;
}
