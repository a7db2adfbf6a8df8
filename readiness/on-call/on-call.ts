/** `oncall`: who is on call at a moment, who is told when nobody answers, and a year of it at a glance. */
import { yearFrom } from "../../model/on-call/calendar/zone.ts";
import { maintenanceOver } from "../../model/on-call/maintenance.ts";
import type { Severity } from "../../model/on-call/severities.ts";
import { pausesOf } from "../../policies/declared/delivery.ts";
import { ofSeverity, service } from "../../policies/declared/on-call.ts";
import { windowsOf } from "../../policies/declared/silence.ts";
import { ringsFrom } from "../../policies/declared/urgency.ts";
import { UsageError } from "../errors.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { escalationTimes } from "../paging/escalation.ts";
import { gridOf } from "../paging/heat-map.ts";
import { parseAt } from "../paging/moment.ts";
import { outageCalls } from "../paging/outage.ts";
import { quietnessReport } from "../paging/quietness.ts";
import { dutyAt, rotasOf, yearOf } from "../paging/rotations.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { onCallJson } from "./json.ts";
import { onCallSvg } from "./svg.ts";
import { onCallText } from "./text.ts";

export interface OnCallOptions {
  readonly stack: string;
  /** On the clocks of the schedules' time zone, or with an offset; now where absent. */
  readonly at?: string;
  readonly severity?: Severity;
  /** Of a state alone. */
  readonly service?: string;
  /** File for the picture of the year. */
  readonly svg?: string;
  readonly format: "text" | "json";
  /** File for the report; standard output where absent. */
  readonly out?: string;
}

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status: 1 where somebody is missing at the moment or in the year; announced maintenance is not that
 * @throws UsageError where the options cannot be carried out; ConfigError, ProgramError where the stack cannot
 */
export async function onCall(options: OnCallOptions, projectDir: string): Promise<number> {
  const { severity = "SEV1", svg, format, out } = options;
  if (options.service !== undefined) throw new UsageError("--service is for --state: name a --severity");
  if (svg !== undefined) assertOutput(svg, "--svg");
  if (out !== undefined) assertOutput(out);
  const { spec, stack } = await declaredStack(projectDir, options.stack);
  const { timeZone } = spec.onCall;
  const now = { instant: Date.now(), note: undefined };
  const { instant, note } = options.at === undefined ? now : parseAt(options.at, timeZone);
  const rotas = rotasOf(stack, spec);
  const [first] = stack.ofType(service).filter(ofSeverity(severity));
  const rings = first && ringsFrom(first, instant);
  const report = {
    stack: options.stack,
    severity,
    timeZone,
    instant,
    note,
    rotations: rotas.map((rota) => {
      const year = yearOf(rota, instant);
      const open = year.filter(({ person }) => person === undefined);
      return {
        rotation: rota.rotation,
        name: rota.name,
        duty: dutyAt(rota, instant),
        grid: gridOf(rota.schedule, year),
        uncovered: open.reduce((sum, { from, to }) => sum + to - from, 0),
      };
    }),
    rings,
    escalation: escalationTimes(stack, severity, rotas, spec.people, rings ?? instant),
    pauses: pausesOf(stack, severity),
    over: maintenanceOver(spec, new Date()),
    windows: windowsOf(stack, yearFrom(new Date(instant))),
    quietness: quietnessReport(stack),
    outages: outageCalls(stack, instant),
  };
  const { width, paint } = pageOf(out === undefined ? process.stdout : undefined);
  const text = format === "json" ? onCallJson(report) : onCallText(report, width, paint);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  if (svg !== undefined) writeWhole(svg, onCallSvg(report), "--svg");
  return report.rotations.some(({ uncovered }) => uncovered > 0) ? 1 : 0;
}
