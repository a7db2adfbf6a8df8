/** `oncall --state`: who is told of an incident of each PagerDuty service in a state, and whether anybody is missing in a year. */
import { lasting, moment, stretch } from "../../model/on-call/calendar/wording.ts";
import { type Span, yearFrom } from "../../model/on-call/calendar/zone.ts";
import { didYouMean } from "../../model/suggest.ts";
import { schedule } from "../../policies/declared/on-call.ts";
import { type Window, windowsOf } from "../../policies/declared/silence.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { alarmsOf } from "../paging/alarms.ts";
import { clocksOf, type NamedRota, rotasById, type Way, waysOf } from "../paging/anybody.ts";
import { escalationLines, utc } from "../paging/escalation-text.ts";
import { time, timeOrNull, windowJson } from "../paging/json.ts";
import { parseAt } from "../paging/moment.ts";
import { type QuietnessReport, quietnessLines, quietnessReport } from "../paging/quietness.ts";
import { lowWarnings, silenceWarnings, silentAt } from "../paging/silence.ts";
import { refuseWithState, stackOfState } from "../paging/state.ts";
import { jsonText } from "../terminal/json-text.ts";
import { clean, hanging, type Paint } from "../terminal/layout.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import type { OnCallOptions } from "./on-call.ts";

export const stateSchemaVersion = "1.0";

interface Report {
  readonly stack: string;
  readonly instant: number;
  readonly note: string | undefined;
  readonly timeZone: string;
  readonly ways: readonly Way[];
  readonly rotas: readonly NamedRota[];
  /** Schedules whose times nobody can read. */
  readonly unread: number;
  readonly windows: readonly Window[];
  readonly quietness: QuietnessReport;
  /** Alarms of CloudWatch's that page. */
  readonly alarms: number;
}

/**
 * @returns 1 where at the moment, or in the year, an incident of a service would find nobody; 3 where that is not known
 * of any
 * @throws UsageError where the options cannot be carried out
 */
export async function onCallOfState(
  file: string,
  {
    stack: name,
    at,
    service: only,
    severity,
    svg,
    format,
    out,
  }: Omit<OnCallOptions, "stack"> & {
    readonly stack: string | undefined;
  },
): Promise<number> {
  refuseWithState({ "--svg": svg !== undefined, "--severity": severity !== undefined });
  if (out !== undefined) assertOutput(out);
  const stack = await stackOfState(file, name);
  const schedules = stack.ofType(schedule);
  const timeZone = clocksOf(stack);
  const { instant, note } =
    at === undefined ? { instant: Date.now(), note: undefined } : parseAt(at, timeZone);
  const rotas = rotasById(stack, instant);
  const all = waysOf(stack, instant, rotas);
  if (all.length === 0) throw new UsageError(`--state ${file} has no PagerDuty service`);
  const ways = only === undefined ? all : all.filter((way) => way.name === only);
  if (ways.length === 0) {
    const names = all.map((way) => way.name);
    const hint = didYouMean(only ?? "", names) || `: services are ${names.join(", ")}`;
    throw new UsageError(`--service: there is no PagerDuty service "${only}"${hint}`);
  }
  const report: Report = {
    stack: stack.name,
    instant,
    note,
    timeZone,
    ways,
    rotas: [...rotas.values()],
    unread: schedules.length - rotas.size,
    windows: windowsOf(stack, yearFrom(new Date(instant))),
    quietness: quietnessReport(stack),
    alarms: alarmsOf(stack).filter(({ services }) => services.length > 0).length,
  };
  const { width, paint } = pageOf(out === undefined ? process.stdout : undefined);
  const text = format === "json" ? json(report) : textOf(report, width, paint);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  if (ways.some(isLost)) return exitStatus.noGo;
  return ways.some(({ unanswered }) => unanswered === undefined) ? exitStatus.undetermined : exitStatus.go;
}

/** Whether an incident finds nobody, at the moment or in the year. */
function isLost({ policy, levels, unanswered }: Way): boolean {
  if (policy === undefined) return false;
  const now = levels.flatMap(({ targets }) => targets);
  return (unanswered?.length ?? 0) > 0 || now.every(({ is }) => is === "nobody");
}

function textOf(report: Report, width: number, paint: Paint): string {
  const { stack, instant, note, timeZone, ways, rotas, unread, windows, quietness, alarms } = report;
  const bold = (text: string) => paint("bold", text);
  const lines = [
    ...hanging("", `${stack}, ${moment(instant, timeZone)} ${timeZone} (${utc(instant)})`, width, bold),
    ...(note ? hanging("  ! ", note, width) : []),
    ...ways.flatMap((way) => ["", ...wayLines(way, report, width, paint)]),
    "",
    bold("Twelve months"),
    ...rotas.flatMap(({ name, open }) => hanging("  ", `${name}: ${yearText(open, timeZone)}`, width)),
    ...(unread > 0
      ? hanging(
          "  ! ",
          `${unread} ${unread === 1 ? "schedule says" : "schedules say"} no times that can be read`,
          width,
        )
      : []),
    ...windows.flatMap((window) =>
      hanging("  ", `silent ${stretch(window, timeZone)}: ${window.services.join(", ")}`, width),
    ),
    "",
    bold("Pages by chance"),
    ...quietnessLines(quietness, width),
    ...(alarms > 0
      ? hanging(
          "  ",
          `Of ${alarms} ${alarms === 1 ? "alarm" : "alarms"} of CloudWatch's it is not known`,
          width,
        )
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

function wayLines(way: Way, { instant, timeZone, windows }: Report, width: number, paint: Paint) {
  const { name, policy, levels, rings, repeats, cycle, unanswered } = way;
  const bold = (text: string) => paint("bold", text);
  const warn = (text: string) => paint("yellow", text);
  const silent = silentAt(windows, instant, (service) => service === name);
  if (policy === undefined) {
    return [
      ...hanging("", clean(name), width, bold),
      ...hanging(
        "  ! ",
        "its escalation policy is not in the state: nobody knows whom it tells",
        width,
        warn,
      ),
    ];
  }
  const told = levels.map(({ after, targets }) => ({ after, told: targets.map((target) => target.told) }));
  return [
    ...hanging("", `${clean(name)}, by ${clean(policy)}`, width, bold),
    ...silenceWarnings(silent, timeZone, width, paint),
    ...lowWarnings(instant, rings, timeZone, width, paint),
    ...(rings === undefined
      ? hanging("  ", `mailed: ${told[0]?.told.join(", ") || "nobody"}`, width)
      : escalationLines({ policy, levels: told, repeats, cycle }, rings, timeZone, width)),
    ...(unanswered === undefined
      ? hanging(
          "  ! ",
          "whether somebody is there all year is not known: not all whom it tells are in the state",
          width,
          warn,
        )
      : unanswered.length > 0
        ? hanging("  ! ", `no level has anybody for ${openText(unanswered, timeZone)}`, width, warn)
        : []),
  ];
}

function yearText(open: readonly Span[], timeZone: string): string {
  return open.length === 0 ? "somebody at every moment" : `nobody for ${openText(open, timeZone)}`;
}

function openText(open: readonly Span[], timeZone: string): string {
  const [first = { from: 0, to: 0 }] = open;
  const sum = open.reduce((ms, { from, to }) => ms + to - from, 0);
  return `${lasting(sum)}, first from ${stretch(first, timeZone)}`;
}

function json({ stack, instant, note, timeZone, ways, rotas, windows, quietness }: Report): string {
  const spans = (open: readonly Span[]) => open.map(({ from, to }) => ({ from: time(from), to: time(to) }));
  return jsonText({
    schemaVersion: stateSchemaVersion,
    stack,
    timeZone,
    at: time(instant),
    note: note ?? null,
    services: ways.map(({ name, policy, rings, levels, repeats, cycle, unanswered }) => ({
      service: name,
      policy: policy ?? null,
      rings: timeOrNull(rings),
      levels: levels.map(({ after, targets }) => ({ afterSeconds: after, targets })),
      repeats,
      cycleSeconds: cycle,
      unanswered: unanswered === undefined ? null : spans(unanswered),
    })),
    schedules: rotas.map(({ id, name, person, until, open }) => ({
      id,
      name,
      person: person ?? null,
      until: timeOrNull(until),
      uncovered: spans(open),
    })),
    maintenance: windows.map(windowJson),
    pagesAWeek: quietness.pagesAWeek,
  });
}
