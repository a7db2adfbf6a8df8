/** When a commit's own measures hold: its tests, their coverage, lint, commands, dependencies and bundle. */
import type {
  BundleMeasure,
  CommandMeasure,
  CoverageMeasure,
  Covered,
  LintMeasure,
  TestsMeasure,
  VulnerabilitiesMeasure,
} from "../measure.ts";
import { counted, firstOf, type Judge, named } from "../scope.ts";
import { missingPages } from "./pages.ts";

export const tests: Judge<TestsMeasure> = (runs) => {
  const sum = (of: "total" | "passed" | "failed" | "skipped" | "flaky") =>
    runs.reduce((all, run) => all + run[of], 0);
  return firstOf(
    () => {
      const narrowed = runs.find((run) => run.narrowedBy !== null)?.narrowedBy;
      return narrowed
        ? { observed: `the run was narrowed by ${narrowed}`, wanted: "the whole suite" }
        : undefined;
    },
    () => {
      const odd = runs.find((run) => run.passed + run.failed + run.skipped !== run.total);
      if (!odd) return undefined;
      const parts = `${odd.passed} passed, ${odd.failed} failed, ${odd.skipped} skipped`;
      return {
        observed: `${parts} do not make ${counted(odd.total, "test")}`,
        wanted: "each test counted once",
      };
    },
    () =>
      sum("failed") === 0
        ? undefined
        : { observed: `${counted(sum("failed"), "test")} failed`, wanted: "none" },
    () => {
      if (sum("flaky") === 0) return undefined;
      return {
        observed: `${counted(sum("flaky"), "test")} passed only after a retry`,
        wanted: "each passed the first time",
      };
    },
    () => {
      if (sum("passed") > 0) return undefined;
      const found = sum("total") === 0 ? "no test ran" : `all ${counted(sum("total"), "test")} were skipped`;
      return { observed: found, wanted: "one test or more that passed" };
    },
  );
};

/** Each of lines, statements, functions and branches, since every one of them hides what another shows; ours. */
export const coverage: Judge<CoverageMeasure> = (runs, { levels }) => {
  const limit = levels.testCoveragePercent;
  for (const way of ["lines", "statements", "functions", "branches"] as const) {
    const covered = runs.reduce<Covered>(
      (sum, run) => ({ covered: sum.covered + run[way].covered, total: sum.total + run[way].total }),
      { covered: 0, total: 0 },
    );
    if (covered.covered > covered.total) {
      return {
        observed: `${covered.covered} of ${covered.total} ${way} are covered`,
        wanted: "no more than all",
      };
    }
    // A program may well have no branch; one without lines was not measured.
    if (covered.total === 0 && way !== "lines") continue;
    // In whole numbers, so that nothing is rounded up to the limit.
    if (covered.covered * 100 > covered.total * limit) continue;
    const percent = covered.total === 0 ? 0 : Math.floor((covered.covered * 10_000) / covered.total) / 100;
    return {
      observed: `${percent} % of the ${way} are covered (${covered.covered} of ${covered.total})`,
      wanted: `more than ${limit} %`,
    };
  }
  return undefined;
};

export const lint: Judge<LintMeasure> = (runs) => {
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  if (errors > 0) return { observed: counted(errors, "error"), wanted: "none" };
  const empty = runs.some((run) => !(run.files > 0));
  return empty ? { observed: "no file was checked", wanted: "every source file checked" } : undefined;
};

export const command: Judge<CommandMeasure> = (runs) => {
  const failed = runs.find((run) => run.exitCode !== 0);
  if (!failed) return undefined;
  return { observed: `\`${failed.command}\` ended with ${failed.exitCode}`, wanted: "0" };
};

export const vulnerabilities: Judge<VulnerabilitiesMeasure> = (runs) => {
  const known = runs.flatMap((run) => Object.values(run.known)).reduce((sum, count) => sum + count, 0);
  const names = runs.flatMap((run) => run.named);
  if (known > 0 || names.length > 0) {
    const count = known === 1 ? "1 known vulnerability" : `${known} known vulnerabilities`;
    return { observed: names.length > 0 ? `${count}: ${named(names)}` : count, wanted: "none" };
  }
  const none = runs.some((run) => !(run.dependencies > 0));
  return none ? { observed: "no dependency was looked at", wanted: "every dependency" } : undefined;
};

export const bundle: Judge<BundleMeasure> = (runs, { levels, pages }) => {
  const limit = levels.bundle.targetKB * 1000;
  const routes = runs.flatMap((run) => run.routes);
  const compressed = routes.find((route) => route.compressed);
  if (compressed) {
    return { observed: `the size of ${compressed.route} is a compressed one`, wanted: "uncompressed" };
  }
  const missing = missingPages(
    pages,
    routes.map(({ route }) => route),
  );
  if (missing.length > 0) {
    return {
      observed: `there is no size for ${named(missing)}`,
      wanted: "one for every page of the service",
    };
  }
  // Not `>=`: what is no number is not below any limit.
  const heavy = routes.filter(({ bytes }) => !(bytes > 0 && bytes < limit));
  const [worst] = heavy.toSorted((a, b) => b.bytes - a.bytes);
  if (!worst) return undefined;
  const kilobytes = Math.ceil(worst.bytes / 100) / 10;
  return { observed: `${worst.route} loads ${kilobytes} KB`, wanted: `below ${levels.bundle.targetKB} KB` };
};
