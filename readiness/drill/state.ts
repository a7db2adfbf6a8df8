/** `drill --state`: one alert's way from the moment it fires to a person, by anybody's resources in a state. */
import { moment } from "../../model/on-call/calendar/wording.ts";
import { yearFrom } from "../../model/on-call/calendar/zone.ts";
import { didYouMean } from "../../model/suggest.ts";
import { type DeclaredAlert, declaredAlerts, pagerDutyServices } from "../../policies/declared/alert.ts";
import type { DeclaredService } from "../../policies/declared/chain.ts";
import { service } from "../../policies/declared/on-call.ts";
import { type Quietness, quietnessOf } from "../../policies/declared/quietness.ts";
import { type Window, windowsOf } from "../../policies/declared/silence.ts";
import { mentionsIn } from "../../policies/effects/message-template.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { alarmsOf, alarmType } from "../paging/alarms.ts";
import { clocksOf, nameOf, rotasById, type Way, wayOf } from "../paging/anybody.ts";
import { escalationLines, utc } from "../paging/escalation-text.ts";
import { time, timeOrNull } from "../paging/json.ts";
import { parseAt } from "../paging/moment.ts";
import { often } from "../paging/quietness.ts";
import { lowWarnings, silenceWarnings, silentAt } from "../paging/silence.ts";
import { refuseWithState, stackOfState } from "../paging/state.ts";
import { jsonText } from "../terminal/json-text.ts";
import { clean, hanging, type Paint } from "../terminal/layout.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import type { DrillOptions } from "./drill.ts";

export const stateSchemaVersion = "1.0";

interface Report {
  readonly stack: string;
  readonly alert: Firing;
  readonly fired: number;
  readonly note: string | undefined;
  readonly timeZone: string;
  readonly ways: readonly Way[];
  readonly silent: readonly Window[];
  readonly quietness: Quietness;
}

/** What fires: a monitor or a check of Datadog's, or an alarm of CloudWatch's. */
interface Firing {
  readonly resource: Resource;
  readonly name: string;
  /** PagerDuty services that it tells. */
  readonly services: readonly DeclaredService[];
  /** What it tells that the state does not have. */
  readonly strangers: readonly string[];
  /** Whom it tells besides: a channel, an address. */
  readonly others: readonly string[];
  readonly unreadable: string | undefined;
}

/**
 * @returns 1 where nobody is told, 3 where that is not known
 * @throws UsageError where the options cannot be carried out
 */
export async function drillOfState(
  file: string,
  options: Omit<DrillOptions, "stack"> & { readonly stack: string | undefined },
): Promise<number> {
  const { alert: wanted, at, send, yes, format, out } = options;
  refuseWithState({ "--send": send, "--yes": yes });
  if (out !== undefined) assertOutput(out);
  const stack = await stackOfState(file, options.stack);
  const alert = findAlert(stack, wanted);
  const timeZone = clocksOf(stack);
  const { instant, note } =
    at === undefined ? { instant: Date.now(), note: undefined } : parseAt(at, timeZone);
  const named = alert.services.map(nameOf);
  const rotas = rotasById(stack, instant);
  const windows = windowsOf(stack, yearFrom(new Date(instant)));
  const report: Report = {
    stack: stack.name,
    alert,
    fired: instant,
    note,
    timeZone,
    ways: alert.services.map((target) => wayOf(stack, target, instant, rotas)),
    silent: silentAt(windows, instant, (name) => named.map(handleOf).includes(handleOf(name))),
    quietness:
      alert.resource.type === alarmType.token
        ? { kind: "unknown", why: "it is an alarm of CloudWatch's" }
        : quietnessOf(alert.resource, stack),
  };
  const { width, paint } = pageOf(out === undefined ? process.stdout : undefined);
  const text = format === "json" ? json(report) : textOf(report, width, paint);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return statusOf(report);
}

/** A handle has no blanks, and Datadog takes either case. */
function handleOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
}

/** A channel or an address is told; whether somebody looks is theirs to say. */
function statusOf({ ways, silent, alert }: Report): number {
  const { strangers, others, services } = alert;
  if (services.length + strangers.length === 0 && others.length > 0) return exitStatus.go;
  const loud = ways.filter(({ name }) => !silent.some(({ services }) => services.includes(name)));
  const told = loud.flatMap(({ levels, rings }) =>
    rings === undefined ? [] : levels.flatMap((l) => l.targets),
  );
  if (told.some(({ is }) => is === "somebody")) return exitStatus.go;
  const isUnknown =
    strangers.length > 0 || told.some(({ is }) => is === "not known") || loud.some((w) => !w.policy);
  return isUnknown || alert.unreadable !== undefined ? exitStatus.undetermined : exitStatus.noGo;
}

/** Of a monitor or a check, by its message. */
function firingOf(alert: DeclaredAlert, stack: Stack): Firing {
  const texts = alert.said.get("alert") ?? [];
  const named = [...new Set(texts.flatMap(pagerDutyServices))];
  const found = (name: string) =>
    stack.ofType(service).find((one) => handleOf(nameOf(one)) === handleOf(name));
  const others = texts.flatMap(mentionsIn).filter((name) => !name.toLowerCase().startsWith("pagerduty"));
  return {
    ...alert,
    services: named.flatMap((name) => found(name) ?? []),
    strangers: named.filter((name) => !found(name)),
    others: [...new Set(others)],
  };
}

/** By its resource's name, or its own. */
function findAlert(stack: Stack, wanted: string): Firing {
  const alerts = [
    ...declaredAlerts(stack).map((alert) => firingOf(alert, stack)),
    ...alarmsOf(stack).map((alarm) => ({ ...alarm, unreadable: undefined })),
  ];
  const found = alerts.filter(({ resource, name }) => resource.name === wanted || name === wanted);
  const [first, second] = found;
  if (first && !second) return first;
  if (second) throw new UsageError(`--alert: ${stack.name} has ${found.length} alerts "${wanted}"`);
  const names = alerts.flatMap(({ resource, name }) => [resource.name, name]);
  if (names.length === 0) throw new UsageError(`${stack.name} has no monitor, check or alarm`);
  const listed = alerts
    .map(({ resource }) => resource.name)
    .sort()
    .join(", ");
  throw new UsageError(
    `no alert of ${stack.name} is named "${wanted}"${didYouMean(wanted, names) || `; alerts are ${listed}`}`,
  );
}

function textOf(report: Report, width: number, paint: Paint): string {
  const { stack, alert, fired, note, timeZone, ways, silent, quietness } = report;
  const { strangers, others } = alert;
  const bold = (text: string) => paint("bold", text);
  const warn = (text: string) => paint("yellow", text);
  const when = `${moment(fired, timeZone)} ${timeZone} (${utc(fired)})`;
  const lines = [
    ...hanging("", `${clean(alert.name)} of ${stack} fires: ${when}`, width, bold),
    ...(note ? hanging("  ! ", note, width, warn) : []),
    ...(alert.unreadable
      ? hanging("  ! ", `its message cannot be read: ${alert.unreadable}`, width, warn)
      : []),
    ...strangers.flatMap((name) =>
      hanging(
        "  ! ",
        `it pages ${clean(name)}, which is not in the state: nobody knows whom that tells`,
        width,
        warn,
      ),
    ),
    ...(others.length > 0 ? hanging("  ", `it tells ${others.map(clean).join(", ")}`, width) : []),
    ...(ways.length + strangers.length === 0 ? hanging("  ! ", "it pages nobody", width, warn) : []),
    ...silenceWarnings(silent, timeZone, width, paint),
    ...ways.flatMap(({ name, policy, levels, rings, repeats, cycle }) => [
      "",
      ...hanging(
        "",
        `${clean(name)}, by ${clean(policy ?? "a policy that is not in the state")}`,
        width,
        bold,
      ),
      ...lowWarnings(fired, rings, timeZone, width, paint),
      ...(rings === undefined || policy === undefined
        ? []
        : escalationLines(
            {
              policy,
              levels: levels.map(({ after, targets }) => ({ after, told: targets.map(({ told }) => told) })),
              repeats,
              cycle,
            },
            rings,
            timeZone,
            width,
          )),
    ]),
    "",
    ...hanging("", quietText(quietness), width),
  ];
  return `${lines.join("\n")}\n`;
}

function quietText(quietness: Quietness): string {
  return quietness.kind === "chance"
    ? `While nothing is wrong, chance fires it ${often(quietness.aWeek)} times a week: ${quietness.because}.`
    : `How often chance fires it ${quietness.kind === "state" ? "is no question" : "is not known"}: ${quietness.why}.`;
}

function json({ stack, alert, fired, note, timeZone, ways, silent, quietness }: Report): string {
  return jsonText({
    schemaVersion: stateSchemaVersion,
    stack,
    alert: alert.name,
    resource: alert.resource.name,
    timeZone,
    fired: time(fired),
    note: note ?? null,
    services: ways.map(({ name, policy, rings, levels, repeats, cycle }) => ({
      service: name,
      policy: policy ?? null,
      rings: timeOrNull(rings),
      silent: silent.some(({ services }) => services.includes(name)),
      levels: levels.map(({ after, targets }) => ({ afterSeconds: after, targets })),
      repeats,
      cycleSeconds: cycle,
    })),
    notInState: alert.strangers,
    pagesAWeek: quietness.kind === "chance" ? quietness.aWeek : null,
    quiet: quietness.kind,
  });
}
