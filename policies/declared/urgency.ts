/**
 * When an incident of a service rings: low urgency neither rings nor escalates (PagerDuty, "Configurable Service
 * Settings"). Urgency that depends on support hours is computed at every boundary of a year.
 */
import { openings } from "../../model/on-call/calendar/schedule.ts";
import { stretch } from "../../model/on-call/calendar/wording.ts";
import { common, day, hour, type Span, yearFrom, Zone } from "../../model/on-call/calendar/zone.ts";
import { linked, type Resource } from "../resource.ts";
import type { Violation } from "../rule.ts";
import { type DeclaredSchedule, type DeclaredService, schedulesOf } from "./chain.ts";
import { others } from "./coverage.ts";
import { policy } from "./on-call.ts";

/** A weekend with its nights, and a morning: Friday noon to Monday noon. */
const longestQuiet = 3 * day;
/** Of a week, the hours that people work. */
const leastLoud = 40 / 168;
/** When people sleep, on the clocks of those who are on call. */
const night = { from: "00:00:00", hours: 6 };

/** The stretches of a period in which incidents of a service are of an urgency, and those in which they may not be. */
interface Urgency {
  readonly sure: readonly Span[];
  readonly rest: readonly Span[];
  readonly timeZone: string;
}

/** Urgency that nobody has said is neither high nor low. */
function urgencyOf({ props }: DeclaredService, wanted: "high" | "low", period: Span): Urgency {
  const { type, urgency, duringSupportHours, outsideSupportHours } = props.incidentUrgencyRule ?? {};
  const {
    type: kind,
    daysOfWeeks = [],
    startTime = "",
    endTime = "",
    timeZone = "UTC",
  } = props.supportHours ?? {};
  if (type !== "use_support_hours") {
    const sure = !!type && urgency === wanted;
    return { sure: sure ? [period] : [], rest: sure ? [] : [period], timeZone };
  }
  const durationSeconds = (secondsOf(endTime) - secondsOf(startTime) + 86_400) % 86_400;
  const open = daily(
    // Of another kind of hours nothing is known, so none are open.
    (kind === undefined || kind === "fixed_time_per_day" ? daysOfWeeks : []).map((startDayOfWeek) => ({
      type: "weekly_restriction",
      startDayOfWeek,
      startTimeOfDay: startTime,
      durationSeconds,
    })),
    timeZone,
    period,
  );
  const closed = between(open, period);
  const [inside, outside] = [is(wanted, duringSupportHours), is(wanted, outsideSupportHours)];
  return {
    sure: inOrder([...(inside ? open : []), ...(outside ? closed : [])]),
    rest: inOrder([...(inside ? [] : open), ...(outside ? [] : closed)]),
    timeZone,
  };
}

/** From when on an incident rings that is opened at an instant: at once, when its urgency is raised, or never. */
export function ringsFrom(service: DeclaredService, instant: number): number | undefined {
  const [first] = urgencyOf(service, "high", { from: instant, to: instant + 14 * day }).sure;
  return first?.from === instant || isRaised(service) ? first?.from : undefined;
}

/** Whether what comes outside of support hours waits for ever: of low urgency, it neither rings nor escalates. */
export function isForgotten(service: DeclaredService): boolean {
  const { incidentUrgencyRule: rule } = service.props;
  const low = rule?.type === "use_support_hours" && is("low", rule.outsideSupportHours);
  return low && !isRaised(service);
}

/** Whether what is open when support hours begin becomes urgent. */
function isRaised({ props: { scheduledActions = [] } }: DeclaredService): boolean {
  return scheduledActions.some(
    ({ type, toUrgency, ats = [] }) =>
      type === "urgency_change" &&
      toUrgency === "high" &&
      ats.some(({ type: kind, name }) => kind === "named_time" && name === "support_hours_start"),
  );
}

/** When an incident of a service that must always ring would not. */
export function quiet(service: DeclaredService, now: Date): Violation | undefined {
  const { incidentUrgencyRule: { type, urgency } = {}, scheduledActions } = service.props;
  const wanted = "high at every hour";
  const { rest: low, timeZone } = urgencyOf(service, "high", yearFrom(now));
  if (type !== "use_support_hours") {
    if (type && low.length === 0) return undefined;
    return { observed: `urgency is ${urgency ?? "not set"}`, wanted };
  }
  if (scheduledActions?.some(({ toUrgency }) => toUrgency !== "high")) {
    return { observed: "a scheduled action lowers the urgency", wanted };
  }
  const [first] = low;
  return first && { observed: `urgency is low from ${stretch(first, timeZone)}${others(low)}`, wanted };
}

/** What keeps an incident that may wait for the morning from ringing then. */
export function quietByDay(service: DeclaredService, now: Date): Violation | undefined {
  const { incidentUrgencyRule, scheduledActions = [] } = service.props;
  if (!incidentUrgencyRule?.type) return { observed: "urgency is not set", wanted: "high in support hours" };
  const year = yearFrom(now);
  const { rest: low, timeZone } = urgencyOf(service, "high", year);
  const [longest] = low.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  if (!longest) return undefined;
  if (longest.to - longest.from > longestQuiet) {
    return {
      observed: `urgency is low from ${stretch(longest, timeZone)}`,
      wanted: `for ≤ ${longestQuiet / hour} h without a pause`,
    };
  }
  const loud = 1 - low.reduce((sum, { from, to }) => sum + to - from, 0) / (year.to - year.from);
  if (loud < leastLoud) {
    return {
      observed: `urgency is high for ${Math.floor(loud * 168)} hours a week`,
      wanted: `≥ ${leastLoud * 168}`,
    };
  }
  if (isRaised(service) && scheduledActions.every(({ toUrgency }) => toUrgency === "high")) return undefined;
  return {
    observed: "what came outside of support hours stays of low urgency when they begin",
    wanted: "raised then, or it never escalates",
  };
}

/** When an incident of a service that may wait would ring somebody at night, on the clocks of its rotations. */
export function loudAtNight(service: DeclaredService, now: Date): Violation | undefined {
  const [escalation] = linked(service as Resource, "escalationPolicy", policy);
  const rotas = escalation ? schedulesOf(escalation) : [];
  const timeZone = rotas[0]?.props.timeZone ?? "UTC";
  const year = yearFrom(now);
  const nights = daily(
    [{ type: "daily_restriction", startTimeOfDay: night.from, durationSeconds: night.hours * 3600 }],
    timeZone,
    year,
  );
  const loud = common(nights, urgencyOf(service, "low", year).rest);
  const [first] = loud;
  return (
    first && {
      observed: `urgency is not low at night, ${stretch(first, timeZone)}${others(loud)}`,
      wanted: `low from ${night.from.slice(0, 5)} for ${night.hours} h`,
    }
  );
}

/**
 * Whether crews have hours of the day among them: with people on other continents, nobody is woken. Of a rotation that
 * has none, such as a backup of all hours, somebody is.
 */
export function isShared(service: DeclaredService): boolean {
  const rotas = linked(service as Resource, "escalationPolicy", policy).flatMap(schedulesOf);
  const hasCrews = ({ props }: DeclaredSchedule) =>
    props.layers?.some(({ restrictions }) => (restrictions?.length ?? 0) > 0) ?? false;
  return rotas.length > 0 && rotas.every(hasCrews);
}

function daily(
  restrictions: Parameters<typeof openings>[0],
  timeZone: string,
  period: Span,
): readonly Span[] {
  return openings(restrictions, new Zone(timeZone, period), period);
}

function is(
  wanted: "high" | "low",
  hours: { readonly type?: string; readonly urgency?: string } | undefined,
): boolean {
  return (hours?.type ?? "constant") === "constant" && hours?.urgency === wanted;
}

/** What is left of a period. */
function between(spans: readonly Span[], { from, to }: Span): readonly Span[] {
  const ends = [from, ...spans.map((s) => s.to)];
  const starts = [...spans.map((s) => s.from), to];
  return ends.flatMap((end, i) => {
    const start = starts[i] ?? to;
    return end < start ? [{ from: end, to: start }] : [];
  });
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return spans.toSorted((a, b) => a.from - b.from);
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}
