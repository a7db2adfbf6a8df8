/** What runs measured of whatever has a limit, for reports: whether that holds is for limits.ts. */
import { endpointClasses } from "../service-levels/targets.ts";
import { pathOf } from "./limits/pages.ts";
import { goodVitals } from "./limits/site.ts";
import type {
  BundleMeasure,
  CoverageMeasure,
  LoadMeasure,
  Measure,
  PerformanceMeasure,
  RestoreMeasure,
  RollbackMeasure,
} from "./measure.ts";
import type { Scope } from "./scope.ts";

/** One value; of several pages, routes or runs the worst. */
export interface Measured {
  /** As its service level is named, where it is one: `p95 of list requests`. */
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "%" | "KB" | "min" | "";
  /** How it has to stand to its limit. */
  readonly relation: "<" | "≤" | ">";
  readonly limit: number;
  /** The page or route; null where it is not one of several. */
  readonly of: string | null;
  /** Of how many requests; null where it is not about requests. */
  readonly requests: number | null;
}

type Values<M> = (runs: readonly M[], scope: Scope) => readonly Measured[];

const coverage: Values<CoverageMeasure> = (runs, { levels }) => {
  const sum = (way: "covered" | "total") => runs.reduce((all, { lines }) => all + lines[way], 0);
  const value = (sum("covered") / sum("total")) * 100;
  return [measured("lines covered by tests", value, "%", ">", levels.testCoveragePercent)];
};

const bundle: Values<BundleMeasure> = (runs, { levels }) =>
  worst(
    runs.flatMap(({ routes }) => routes.map(({ route, bytes }) => [bytes / 1000, route] as const)),
    (value, of) => measured("JavaScript of a page", value, "KB", "<", levels.bundle.targetKB, of),
  );

const performance: Values<PerformanceMeasure> = (runs, { levels }) => {
  const pages = runs.flatMap((run) => run.pages);
  const worstOf = (
    of: "lcpMs" | "inpMs" | "cls" | "responseMs",
    name: string,
    unit: "ms" | "",
    relation: "<" | "≤",
    limit: number,
  ) =>
    worst(
      pages.map((page) => [page[of], pathOf(page.url, null) ?? page.url] as const),
      (value, page) => measured(name, value, unit, relation, limit, page),
    );
  return [
    ...worstOf("responseMs", "page response time", "ms", "<", levels.pageResponseMs),
    ...worstOf("lcpMs", "largest contentful paint", "ms", "≤", goodVitals.lcpMs),
    ...worstOf("inpMs", "interaction to next paint", "ms", "≤", goodVitals.inpMs),
    ...worstOf("cls", "cumulative layout shift", "", "≤", goodVitals.cls),
  ];
};

const load: Values<LoadMeasure> = (runs, { levels }) => {
  const classes = runs.flatMap((run) => run.classes);
  const requests = classes.reduce((sum, one) => sum + one.requests, 0);
  const failures = classes.reduce((sum, one) => sum + one.failures, 0);
  return [
    ...classes.flatMap(({ class: name, requests: asked, p95Ms }) => {
      const own = endpointClasses.find((one) => one === name);
      const { targetMs } = own ? levels.latency[own] : levels.overallLatency;
      return p95Ms === null
        ? []
        : [measured(`p95 of ${name} requests`, p95Ms, "ms", "<", targetMs, null, asked)];
    }),
    measured(
      "error rate",
      (failures / requests) * 100,
      "%",
      "<",
      levels.errorRate.targetPercent,
      null,
      requests,
    ),
  ];
};

const restore: Values<RestoreMeasure> = (runs, { recovery }) =>
  longest(runs, "restore of a backup", "≤", recovery.databaseRtoMinutes);

const rollback: Values<RollbackMeasure> = (runs, { recovery }) =>
  longest(runs, "rollback of a release", "<", recovery.rollbackMinutes);

const values: { readonly [K in Measure["kind"]]?: Values<Extract<Measure, { readonly kind: K }>> } = {
  coverage,
  bundle,
  performance,
  load,
  restore,
  rollback,
};

export function measuredIn(measures: readonly Measure[], scope: Scope): readonly Measured[] {
  const kinds = Map.groupBy(measures, ({ kind }) => kind);
  return [...kinds]
    .flatMap(([kind, runs]) => (values[kind] as Values<Measure> | undefined)?.(runs, scope) ?? [])
    .filter(({ value }) => Number.isFinite(value));
}

function measured(
  name: string,
  value: number,
  unit: Measured["unit"],
  relation: Measured["relation"],
  limit: number,
  of: string | null = null,
  requests: number | null = null,
): Measured {
  return { name, value: Number(value.toPrecision(6)), unit, relation, limit, of, requests };
}

/** The highest, with where it was; nothing where nothing tells. */
function worst(
  all: readonly (readonly [number | null, string])[],
  make: (value: number, of: string) => Measured,
): readonly Measured[] {
  const [first] = all
    .flatMap(([value, of]) => (value === null ? [] : [{ value, of }]))
    .toSorted((a, b) => b.value - a.value);
  return first ? [make(first.value, first.of)] : [];
}

function longest(
  runs: readonly { readonly minutes: number }[],
  name: string,
  relation: "<" | "≤",
  limit: number,
): readonly Measured[] {
  return [measured(name, Math.max(...runs.map(({ minutes }) => minutes)), "min", relation, limit)];
}
