/** `drill`: one alert's way from a fault to a person, on paper, and with `--send` for real. */
import { yearFrom } from "../../model/on-call/calendar/zone.ts";
import { subjectOf } from "../../policies/declared/chain.ts";
import { quietnessOf } from "../../policies/declared/quietness.ts";
import { windowsOf } from "../../policies/declared/silence.ts";
import { storyOf } from "../../policies/declared/story.ts";
import { ringsFrom } from "../../policies/declared/urgency.ts";
import { UsageError } from "../errors.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { escalationTimes } from "../paging/escalation.ts";
import { parseAt } from "../paging/moment.ts";
import { rotasOf } from "../paging/rotations.ts";
import { silentAt } from "../paging/silence.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { drillJson } from "./json.ts";
import { accessFrom } from "./pagerduty.ts";
import { send } from "./send.ts";
import { drillText } from "./text.ts";
import { faultsOf, findChain, promiseOf, ringsAfter, worstOf } from "./timeline.ts";

export interface DrillOptions {
  /** Of the catalogue (`uptime-homepage`) or of the stack (`portal-uptime-homepage`). */
  readonly alert: string;
  readonly stack: string;
  /** When the fault begins; now where absent. */
  readonly at?: string;
  /** Trigger a real event, marked as a drill. */
  readonly send: boolean;
  /** Do not ask before sending. */
  readonly yes: boolean;
  readonly format: "text" | "json";
  /** File for what is told on paper; standard output where absent. */
  readonly out?: string;
}

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status: 1 where a drill was sent and told nobody, 130 where it was interrupted
 * @throws UsageError where the options cannot be carried out; ConfigError, ProgramError where the stack cannot
 */
export async function drill(options: DrillOptions, projectDir: string): Promise<number> {
  if (options.send && options.at !== undefined) throw new UsageError("--send is about now, without --at");
  const { format, out } = options;
  if (options.send && format === "json")
    throw new UsageError("--send asks and tells as text, without --format json");
  if (out !== undefined) assertOutput(out);
  const access = options.send ? accessFrom(process.env) : undefined;
  const { spec, stack } = await declaredStack(projectDir, options.stack);
  const { timeZone } = spec.onCall;
  const now = { instant: Date.now(), note: undefined };
  const { instant: begun, note } = options.at === undefined ? now : parseAt(options.at, timeZone);
  const chain = findChain(stack, options.alert);
  const targetPercent = promiseOf(stack, chain);
  // Whether it is day is asked of its beginning: the minutes until somebody is told matter at the edges alone.
  const urgency = ringsFrom(chain.service, begun) === begun ? "high" : "low";
  const faults = faultsOf(stack, chain, targetPercent, urgency);
  const worst = worstOf(faults);
  const told = begun + (worst ? ringsAfter(worst) : 0) * 1000;
  const rings = ringsFrom(chain.service, told);
  const escalation = escalationTimes(stack, chain.severity, rotasOf(stack, spec), spec.people, rings ?? told);
  const windows = windowsOf(stack, yearFrom(new Date(told)));
  const silent = silentAt(windows, told, (service) => service === chain.service.props.name);
  const story = worst?.outage ? storyOf(subjectOf(chain) ?? "", worst.outage, stack) : [];
  const quietness = quietnessOf(chain.alert.resource, stack);
  const where = { stack: options.stack, chain, timeZone, quietness };
  const report = {
    ...where,
    begun,
    note,
    faults,
    worst,
    told,
    rings,
    targetPercent,
    escalation,
    silent,
    story,
  };
  const { width, paint } = pageOf(out === undefined ? process.stdout : undefined);
  const text = format === "json" ? drillJson(report) : drillText(report, width, paint);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  return access ? send(access, report, options.yes) : 0;
}
