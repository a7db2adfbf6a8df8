/**
 * What a tool's raw output says, in the checklist's terms. A format reads bytes that somebody else wrote: it trusts
 * nothing, and what is missing, empty, partial, contradictory or of another version is a problem, never a pass.
 */

/** A raw output as the tool wrote it. */
export interface RawFile {
  /** Name as it was given to `collect`, such as `results/unit.json`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a run of a tool said. */
export interface Reading {
  /** Such as `vitest`. */
  readonly tool: string;
  /** Of the tool; null where its output does not tell. */
  readonly version: string | null;
  /** ISO 8601; null where the output does not tell. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Full id of the commit that the tool itself saw; null where its output does not tell. */
  readonly commit: string | null;
  readonly measure: Measure;
}

/** One sentence: what was read, what was expected, and how to mend it. */
export interface Unreadable {
  readonly problem: string;
}

/**
 * One output format of one tool.
 * Pure: no file, clock, network or process.
 */
export interface Format {
  /** Name on the command line, such as `vitest-json`. */
  readonly name: string;
  /** What it measures. */
  readonly kind: Measure["kind"];
  /** How the output is made, such as `vitest run --reporter=json --outputFile=FILE`. */
  readonly made: string;
  readonly read: (file: RawFile) => Reading | Unreadable;
}

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
  | PerformanceMeasure
  | LoadMeasure
  | MigrationsMeasure
  | QueryPlansMeasure;

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
