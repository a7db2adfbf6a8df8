/** How quiet a stack's alerts are while nothing is wrong, and how surely they ring once something is. */
import { type Severity, severityLevels } from "../../model/on-call/severities.ts";
import { decideTier } from "../../model/tier.ts";
import { declaredAlerts } from "../../policies/declared/alert.ts";
import { app } from "../../policies/declared/monitoring.ts";
import { faults, surest } from "../../policies/declared/power.ts";
import { type Quietness, quietnessOf } from "../../policies/declared/quietness.ts";
import { declaredTraffic } from "../../policies/declared/traffic.ts";
import type { Stack } from "../../policies/resource.ts";
import { ceilings } from "../../policies/rules/quietness.ts";
import { whenKnown } from "../../policies/unknown-value.ts";
import { hanging } from "../terminal/layout.ts";

export interface QuietnessReport {
  /** Pages of a week in which nothing is wrong, of all alerts that page; those of which nobody knows are left out. */
  readonly pagesAWeek: number;
  /** The most that the rules allow: of one alert, and of all that page. */
  readonly ceilings: { readonly each: number; readonly paging: number };
  readonly alerts: readonly QuietAlert[];
  readonly detection: readonly Detection[];
}

/** What a week of a healthy service makes of an alert. */
export interface QuietAlert {
  readonly alert: string;
  readonly severity: string | null;
  /** Whether it pages: by its severity, or where it has none, because its message names a PagerDuty service. */
  readonly pages: boolean;
  /** `state` for what nothing that comes by chance moves, `unknown` for what nobody can compute. */
  readonly kind: Quietness["kind"];
  /** Null where it is not a matter of chance. */
  readonly pagesAWeek: number | null;
  /** Where failures come in threes, as those of a user who tries again. */
  readonly pagesAWeekInThrees: number | null;
  /** What fires it, or why nothing does by chance, a sentence. */
  readonly why: string;
}

/** How surely the surest alert of a severity or above rings in its response time. */
export interface Detection {
  readonly service: string;
  readonly requestsPerMinute: number;
  /** Share of requests that fail, above 0 to 1. */
  readonly errorShare: number;
  readonly severity: Severity;
  readonly withinMinutes: number;
  /** From 0 to 1. */
  readonly chance: number;
  /** Null where none does. */
  readonly alert: string | null;
}

const paging: readonly (string | null)[] = ["sev1", "sev2", "sev3"];

/** Tickets wait for somebody to look. */
export function isPaging(severity: string | null): boolean {
  return paging.includes(severity);
}

const severityOf: Readonly<Record<number, Severity>> = { 1: "SEV1", 0.1: "SEV2", 0.01: "SEV3" };
/** Below it, nobody can count on being told. */
const surely = 0.95;

/** Nothing is told of what only the deployment knows: the rules say so of each. */
export function quietnessReport(stack: Stack): QuietnessReport {
  const { each, paging: all } = ceilings[decideTier(stack.name, stack.declared.tier).tier];
  const most = { each: digits(each), paging: all };
  const told = whenKnown(() => report(stack)) ?? { pagesAWeek: 0, alerts: [], detection: [] };
  return { ...told, ceilings: most };
}

function report(stack: Stack): Omit<QuietnessReport, "ceilings"> {
  const alerts = declaredAlerts(stack).map(({ resource, severity, handles }): QuietAlert => {
    const quietness = quietnessOf(resource, stack);
    const chance = quietness.kind === "chance" ? quietness : undefined;
    return {
      alert: resource.name,
      severity: severity ?? null,
      pages: severity === undefined ? handles.length > 0 : isPaging(severity),
      kind: quietness.kind,
      pagesAWeek: chance ? digits(chance.aWeek) : null,
      pagesAWeekInThrees: chance ? digits(chance.aWeekInThrees) : null,
      why: quietness.kind === "chance" ? quietness.because : quietness.why,
    };
  });
  const waking = alerts.filter(({ pages }) => pages);
  return {
    pagesAWeek: digits(waking.reduce((sum, { pagesAWeek }) => sum + (pagesAWeek ?? 0), 0)),
    alerts,
    detection: detectionOfAll(stack),
  };
}

function detectionOfAll(stack: Stack): readonly Detection[] {
  return stack.ofType(app).flatMap(({ name: service }) =>
    declaredTraffic(stack, service).flatMap(({ perMinute }) =>
      faults.map((errorShare): Detection => {
        const severity = severityOf[errorShare] ?? "SEV3";
        const { chain, chance } = surest(stack, service, errorShare, perMinute, severity);
        return {
          service,
          requestsPerMinute: perMinute,
          errorShare,
          severity,
          withinMinutes: severityLevels[severity].responseMinutes,
          chance: digits(chance),
          alert: chain?.alert.resource.name ?? null,
        };
      }),
    ),
  );
}

/** A sentence of pages by chance, and one of what is not caught. */
export function quietnessLine({ pagesAWeek, alerts, detection }: QuietnessReport): string {
  const missed = detection.filter(({ chance }) => chance < surely).map(missing);
  const quiet = `While nothing is wrong, chance pages somebody ${often(pagesAWeek)} times a week.`;
  const untold = untoldOf(alerts);
  return [
    quiet,
    ...(untold ? [`${untold}.`] : []),
    ...(missed.length > 0 ? [`Not sure to ring: ${missed.join("; ")}.`] : []),
  ].join(" ");
}

/** Of how many that page nobody can compute it; nothing where there is none. */
function untoldOf(alerts: readonly QuietAlert[]): string | undefined {
  const paging = alerts.filter(({ pages }) => pages);
  const unknown = paging.filter(({ kind }) => kind === "unknown");
  return unknown.length === 0
    ? undefined
    : `Of ${unknown.length} of the ${paging.length} alerts that page it is not known: ${unknown.map(({ alert }) => alert).join(", ")}`;
}

function missing({ service, requestsPerMinute, errorShare, withinMinutes, chance }: Detection): string {
  return `${percent(errorShare)} errors of ${service} at ${requestsPerMinute} requests a minute, ${percent(chance)} within ${withinMinutes} min`;
}

/** For whoever is on call: what wakes them for nothing, and what does not wake them. */
export function quietnessLines(
  { pagesAWeek, alerts, detection }: QuietnessReport,
  width: number,
): readonly string[] {
  const untold = untoldOf(alerts);
  const loudest = alerts
    .filter(({ pages, pagesAWeek: own }) => pages && (own ?? 0) > 0)
    .toSorted((a, b) => (b.pagesAWeek ?? 0) - (a.pagesAWeek ?? 0))
    .slice(0, 3);
  return [
    ...hanging("  ", `${often(pagesAWeek)} pages a week while nothing is wrong`, width),
    ...(untold ? hanging("  ", untold, width) : []),
    ...loudest.flatMap(({ alert, pagesAWeek: own, pagesAWeekInThrees, why }) =>
      hanging(
        "    ",
        `${alert}: ${often(own ?? 0)}, ${often(pagesAWeekInThrees ?? 0)} if failures come in threes; ${why}`,
        width,
      ),
    ),
    ...detection.flatMap((one) => {
      const lead = `  ${percent(one.errorShare)} errors of ${one.service} at ${one.requestsPerMinute} requests a minute: `;
      const rings = `${percent(one.chance)} ring within ${one.withinMinutes} min${one.alert ? ` (${one.alert})` : ""}`;
      return hanging(lead, one.chance < surely ? `only ${rings}` : rings, width);
    }),
  ];
}

/** `17`, `0.051`, or `less than 0.001`. */
export function often(value: number): string {
  return value > 0 && value < 0.001 ? "less than 0.001" : String(Number(value.toPrecision(2)));
}

export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

/** Four digits are more than anybody knows of a service, and the same on every machine. */
function digits(value: number): number {
  return Number(value.toPrecision(4));
}
