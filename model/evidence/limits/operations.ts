/** When measures of what people tried hold: migrations, restores, rollbacks, drills, reviews. */
import { type Severity, severityLevels } from "../../on-call/severities.ts";
import type {
  AlertHistoryMeasure,
  DrillMeasure,
  MigrationsMeasure,
  QueryPlansMeasure,
  RestoreMeasure,
  RollbackMeasure,
  SecurityReviewMeasure,
} from "../measure.ts";
import { counted, type Judge, named } from "../scope.ts";

export const migrations: Judge<MigrationsMeasure> = (runs) => {
  const wrong = runs.flatMap((run) => run.wrong);
  if (wrong.length > 0) return { observed: named(wrong), wanted: "each migration applied as it is written" };
  const pending = runs.flatMap((run) => run.pending);
  if (pending.length > 0)
    return { observed: `${named(pending)} did not run`, wanted: "every migration applied" };
  const none = runs.every((run) => run.applied.length === 0);
  return none ? { observed: "no migration ran", wanted: "every migration applied" } : undefined;
};

/** Of a table that fits in a few pages, PostgreSQL rightly reads all; ours. */
const fewRows = 1_000;

export const queryPlans: Judge<QueryPlansMeasure> = (runs) => {
  const plans = runs.flatMap((run) => run.plans);
  if (plans.length === 0) return { observed: "there is no plan", wanted: "those of the main routes" };
  for (const { query, scans } of plans) {
    const scan = scans.find(({ rows }) => !(rows >= 0 && rows <= fewRows));
    if (scan) {
      const observed = `\`${query}\` reads ${counted(scan.rows, "row")} of ${scan.table} from end to end`;
      return { observed, wanted: `an index for every table of more than ${fewRows} rows` };
    }
  }
  return undefined;
};

export const restore: Judge<RestoreMeasure> = (runs, { vaults, recovery }) => {
  for (const { vault, minutes, lostMinutes, checks } of runs) {
    if (!vaults.includes(vault)) return { observed: `the vault was ${vault}`, wanted: vaults.join(" or ") };
    const limit = recovery.databaseRtoMinutes;
    if (!(minutes > 0 && minutes <= limit)) {
      return { observed: `the restore took ${rounded(minutes)} minutes`, wanted: `${limit} minutes at most` };
    }
    const most = recovery.databaseRpoMinutes;
    if (!(lostMinutes >= 0 && lostMinutes <= most)) {
      return {
        observed: `${rounded(lostMinutes)} minutes of writes were lost`,
        wanted: `${most} minutes at most`,
      };
    }
    const differing = checks.find(({ expected, found }) => expected !== found);
    if (differing) {
      const { what, found, expected } = differing;
      return { observed: `${what} was ${found} in the restored data`, wanted: expected };
    }
    if (checks.length === 0) return { observed: "the restored data was not checked", wanted: "checked" };
  }
  return undefined;
};

export const rollback: Judge<RollbackMeasure> = (runs, { recovery }) => {
  for (const { minutes, applicationMinutes, databaseMinutes, from, to } of runs) {
    if (from === to)
      return { observed: `it went from ${from} to the same release`, wanted: "another release" };
    const limit = recovery.rollbackMinutes;
    const longest = Math.max(minutes, applicationMinutes, databaseMinutes);
    if (!(minutes > 0 && longest < limit)) {
      return {
        observed: `the rollback took ${rounded(longest)} minutes`,
        wanted: `less than ${limit} minutes`,
      };
    }
  }
  return undefined;
};

export const drill: Judge<DrillMeasure> = (runs, { onCall }) => {
  const paged = runs.flatMap((run) => run.paged);
  const absent = onCall.filter((id) => !paged.some(({ person }) => person === id));
  if (absent.length > 0) {
    return { observed: `${named(absent)} took no part`, wanted: "everybody in the rotation of today" };
  }
  for (const { severity, paged: people } of runs) {
    const limit = severityLevels[severity as Severity]?.responseMinutes;
    if (limit === undefined)
      return { observed: `its severity is ${severity}`, wanted: "one of SEV1 to SEV4" };
    const late = people.find(
      ({ answeredAfterMinutes: after }) => after === null || !(after >= 0 && after < limit),
    );
    if (late) {
      const { person, answeredAfterMinutes: after } = late;
      const observed =
        after === null ? `${person} did not answer` : `${person} answered after ${rounded(after)} minutes`;
      return { observed, wanted: `an answer in less than ${limit} minutes (${severity})` };
    }
  }
  return paged.length === 0 ? { observed: "nobody was paged", wanted: "everybody on call" } : undefined;
};

/** What a review covers: the ten risks, which OWASP calls A01 to A10 in both editions, and who may do what. */
const toReview = [
  ...Array.from({ length: 10 }, (_, i) => `A${String(i + 1).padStart(2, "0")}`),
  "authentication",
  "authorisation",
];

export const securityReview: Judge<SecurityReviewMeasure> = (runs, { authors }) => {
  for (const { reviewer, reviewed, failed, open } of runs) {
    if (authors.some((author) => author.toLowerCase() === reviewer.toLowerCase())) {
      return {
        observed: `${reviewer} reviewed their own commits`,
        wanted: "somebody who wrote none of them",
      };
    }
    const missing = toReview.filter((risk) => !reviewed.includes(risk));
    if (missing.length > 0) return { observed: `${named(missing)} was not reviewed`, wanted: "all reviewed" };
    if (open.length > 0) return { observed: `open: ${named(open)}`, wanted: "every finding fixed" };
    if (failed.length > 0)
      return { observed: `${named(failed)} did not hold`, wanted: "all to hold after the fixes" };
  }
  return undefined;
};

const watchHours = 24;

export const alertHistory: Judge<AlertHistoryMeasure> = (runs) => {
  const open = runs.flatMap((run) => run.open);
  if (open.length > 0) return { observed: `${named(open)} stayed open`, wanted: "every alert closed" };
  const short = runs.find(({ hours }) => !(hours >= watchHours));
  if (short)
    return {
      observed: `${Math.floor(short.hours * 10) / 10} hours were watched`,
      wanted: `${watchHours} hours or more`,
    };
  const blind = runs.some(({ watched }) => !(watched > 0));
  return blind ? { observed: "no alert was watched", wanted: "every alert of the stack" } : undefined;
};

function rounded(value: number): number {
  return Math.ceil(value * 10) / 10;
}
