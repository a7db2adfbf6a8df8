/** `drill --state`: one alert's way from the moment it fires to a person, by anybody's resources in a state. */
import { moment } from "../../model/on-call/calendar/wording.ts";
import { yearFrom } from "../../model/on-call/calendar/zone.ts";
import { didYouMean } from "../../model/suggest.ts";
import { type DeclaredAlert, declaredAlerts, pagerDutyServices } from "../../policies/declared/alert.ts";
import { service } from "../../policies/declared/on-call.ts";
import { type Quietness, quietnessOf } from "../../policies/declared/quietness.ts";
import { type Window, windowsOf } from "../../policies/declared/silence.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
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
  readonly alert: DeclaredAlert;
  readonly fired: number;
  readonly note: string | undefined;
  readonly timeZone: string;
  readonly ways: readonly Way[];
  /** PagerDuty services that its message names and the state does not have. */
  readonly strangers: readonly string[];
  readonly silent: readonly Window[];
  readonly quietness: Quietness;
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
  const named = [...new Set((alert.said.get("alert") ?? []).flatMap(pagerDutyServices))];
  const services = stack.ofType(service);
  const isMeant = (name: string) => (one: Resource<{ name?: string }>) =>
    handleOf(nameOf(one)) === handleOf(name);
  const rotas = rotasById(stack, instant);
  const windows = windowsOf(stack, yearFrom(new Date(instant)));
  const report: Report = {
    stack: stack.name,
    alert,
    fired: instant,
    note,
    timeZone,
    ways: named.flatMap((name) => {
      const target = services.find(isMeant(name));
      return target ? [wayOf(stack, target, instant, rotas)] : [];
    }),
    strangers: named.filter((name) => !services.some(isMeant(name))),
    silent: silentAt(windows, instant, (name) => named.map(handleOf).includes(handleOf(name))),
    quietness: quietnessOf(alert.resource, stack),
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

function statusOf({ ways, strangers, silent, alert }: Report): number {
  const loud = ways.filter(({ name }) => !silent.some(({ services }) => services.includes(name)));
  const told = loud.flatMap(({ levels, rings }) =>
    rings === undefined ? [] : levels.flatMap((l) => l.targets),
  );
  if (told.some(({ is }) => is === "somebody")) return exitStatus.go;
  const isUnknown =
    strangers.length > 0 || told.some(({ is }) => is === "not known") || loud.some((w) => !w.policy);
  return isUnknown || alert.unreadable !== undefined ? exitStatus.undetermined : exitStatus.noGo;
}

/** By its resource's name, or its own. */
function findAlert(stack: Stack, wanted: string): DeclaredAlert {
  const alerts = declaredAlerts(stack);
  const found = alerts.filter(({ resource, name }) => resource.name === wanted || name === wanted);
  const [first, second] = found;
  if (first && !second) return first;
  if (second) throw new UsageError(`--alert: ${stack.name} has ${found.length} alerts "${wanted}"`);
  const names = alerts.flatMap(({ resource, name }) => [resource.name, name]);
  if (names.length === 0) throw new UsageError(`${stack.name} has no Datadog monitor and no check`);
  const listed = alerts
    .map(({ resource }) => resource.name)
    .sort()
    .join(", ");
  throw new UsageError(
    `no alert of ${stack.name} is named "${wanted}"${didYouMean(wanted, names) || `; alerts are ${listed}`}`,
  );
}

function textOf(report: Report, width: number, paint: Paint): string {
  const { stack, alert, fired, note, timeZone, ways, strangers, silent, quietness } = report;
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
    ...(ways.length + strangers.length === 0 ? hanging("  ! ", "its message pages nobody", width, warn) : []),
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

function json({ stack, alert, fired, note, timeZone, ways, strangers, silent, quietness }: Report): string {
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
    notInState: strangers,
    pagesAWeek: quietness.kind === "chance" ? quietness.aWeek : null,
    quiet: quietness.kind,
  });
}
