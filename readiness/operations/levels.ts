/** The service levels that a stack declares: what is promised, where alerts fire, and what may still fail. */
import { exact } from "../../model/exact.ts";
import { platform } from "../../model/on-call/routing.ts";
import { errorBudgetMinutes, monthHours } from "../../model/service-levels/error-budget.ts";
import { windowsOf } from "../../policies/declared/burns.ts";
import { app, objective, tagged, tagOf } from "../../policies/declared/monitoring.ts";
import {
  type ServiceLevel,
  serviceLevelsOf,
  sourcesOf,
} from "../../policies/declared/service-levels/levels.ts";
import { measuredBy, scaleOf } from "../../policies/declared/service-levels/measures.ts";
import { reading } from "../../policies/declared/service-levels/numbers.ts";
import type { Sources } from "../../policies/declared/service-levels/readings.ts";
import type { Resource, Stack } from "../../policies/resource.ts";

export interface Levels {
  readonly levels: readonly Level[];
  readonly budgets: readonly Budget[];
}

export interface Level {
  /** A service, or `platform`. */
  readonly service: string;
  readonly name: string;
  readonly unit: "ms" | "%";
  /** What is promised; null where nothing that is declared says it. */
  readonly target: number | null;
  /** By name. */
  readonly alerts: readonly LevelAlert[];
}

export interface LevelAlert {
  /** Name of the monitor. */
  readonly alert: string;
  readonly severity: string | null;
  /** Where it fires, in the level's unit; null where it fires on how fast an error budget burns. */
  readonly limit: number | null;
}

/** What may fail in a month before an availability is broken. */
export interface Budget {
  readonly service: string;
  readonly targetPercent: number;
  readonly monthHours: number;
  readonly minutes: number;
  /** The alerts on how fast it is spent, the fastest first. */
  readonly burns: readonly BudgetBurn[];
}

export interface BudgetBurn {
  /** Name of the monitor. */
  readonly alert: string;
  readonly severity: string | null;
  /** It fires when this share of the budget is gone within so many hours. */
  readonly share: number;
  readonly hours: number;
}

export function levelsOf(stack: Stack): Levels {
  const services = stack.ofType(app).map(({ name }) => name);
  const all = [...services, platform].flatMap((subject) =>
    serviceLevelsOf(subject).flatMap((level) => {
      const found = levelOf(stack, subject, level);
      return found ? [{ level, found }] : [];
    }),
  );
  return {
    levels: all.map(({ found }) => found),
    budgets: all.flatMap(({ level, found: { service, name, target } }) =>
      name === "availability" && target !== null
        ? [
            {
              service,
              targetPercent: target,
              monthHours,
              minutes: errorBudgetMinutes(target),
              burns: burnsOf(sourcesOf(stack, service, level).burns),
            },
          ]
        : [],
    ),
  };
}

/** Datadog's month, over which objectives count. */
const objectiveHours = 30 * 24;

function burnsOf(burns: Sources["burns"]): readonly BudgetBurn[] {
  return burns
    .flatMap((resource) => {
      const windows = windowsOf(resource);
      if (!windows) return [];
      const hours = windows.long / 60;
      const share = exact((windows.rate * hours) / objectiveHours);
      return [{ alert: resource.name, severity: tagOf(resource, "severity") ?? null, share, hours }];
    })
    .toSorted((a, b) => a.hours - b.hours);
}

/** Nothing of which nothing is declared. */
function levelOf(stack: Stack, service: string, level: ServiceLevel): Level | undefined {
  const { monitors, objectives, burns, checks } = sourcesOf(stack, service, level);
  const watching = monitors.map((resource) => {
    const { measure = "", limit, more } = measuredBy(resource) ?? {};
    const factor = scaleOf(measure);
    // Of what counts failures beyond a share, the threshold is no level, and neither is where it ends.
    return {
      resource,
      limit: reading(resource, limit, factor).value,
      ends:
        more === undefined
          ? reading(resource, resource.props.monitorThresholds?.criticalRecovery, factor).value
          : errorTarget(stack, service),
    };
  });
  if (watching.length + objectives.length === 0) return undefined;
  const alert = (resource: Resource<{ readonly tags?: readonly string[] | undefined }>, limit?: number) => ({
    alert: resource.name,
    severity: tagOf(resource, "severity") ?? null,
    limit: limit ?? null,
  });
  const promised = objectives.filter((slo) => tagOf(slo, "objective") === level.name);
  const answered = checks.flatMap(({ props }) => props.assertions ?? []).filter(isResponseTime);
  const said =
    answered.length > 0
      ? answered.map(({ target }) => Number(target))
      : watching.length > 0
        ? watching.map(({ ends }) => ends)
        : promised.map((slo) => reading(slo, slo.props.targetThreshold).value);
  // An alert ends where its level is kept again: of several the strictest is the level's own.
  const [target] = said.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  return {
    service,
    name: level.name,
    unit: level.unit,
    target: target ?? null,
    alerts: [
      ...watching.map(({ resource, limit }) => alert(resource, limit)),
      ...burns.map((resource) => alert(resource)),
    ].toSorted(byName),
  };
}

/** What the service's objective says beside its own target, in percent. */
function errorTarget(stack: Stack, service: string): number | undefined {
  const [said] = tagged(stack.ofType(objective), { service, objective: "availability" }).flatMap(
    (slo) => tagOf(slo, "error-target") ?? [],
  );
  return said === undefined ? undefined : Number(said);
}

const isResponseTime = ({ type }: { readonly type: string }) => type === "responseTime";
const byName = (a: LevelAlert, b: LevelAlert) => (a.alert < b.alert ? -1 : 1);
