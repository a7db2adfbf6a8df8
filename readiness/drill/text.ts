/** What `drill` prints. */
import { lasting, moment } from "../../model/on-call/calendar/wording.ts";
import type { Chain } from "../../policies/declared/chain.ts";
import type { Window } from "../../policies/declared/silence.ts";
import type { EscalationTimes } from "../paging/escalation.ts";
import { clock, escalationLines } from "../paging/escalation-text.ts";
import { silenceWarnings } from "../paging/silence.ts";
import { hanging, type Paint } from "../terminal/layout.ts";
import { budgetBurnt, type DrillFault, ringsAfter } from "./timeline.ts";

export interface DrillReport {
  readonly stack: string;
  readonly chain: Chain;
  readonly timeZone: string;
  /** When the first request fails. */
  readonly begun: number;
  readonly note: string | undefined;
  readonly faults: readonly DrillFault[];
  /** Availability that is promised, in percent. */
  readonly targetPercent: number | undefined;
  readonly escalation: EscalationTimes;
  /** The maintenance windows that silence the alert when it fires. */
  readonly silent: readonly Window[];
}

export function drillText(report: DrillReport, width: number, paint: Paint): string {
  const { stack, chain, timeZone, begun, note, faults, escalation, silent } = report;
  const { alert, severity, service } = chain;
  const bold = (text: string) => paint("bold", text);
  const [worst] = faults;
  const rings = begun + (worst ? ringsAfter(worst) : 0) * 1000;
  const lines = [
    ...hanging("", `${alert.resource.name} (${severity}) in ${stack}: ${alert.name}`, width, bold),
    ...hanging(
      "  ",
      `pages ${service.props.name ?? service.name}, which escalates by ${escalation.policy}`,
      width,
    ),
    ...(note ? hanging("  ! ", note, width, (t) => paint("yellow", t)) : []),
    ...silenceWarnings(silent, timeZone, width, paint),
    "",
    bold(`A fault begins ${moment(begun, timeZone)} ${timeZone}`),
    ...faults.flatMap((fault) => faultLines(fault, report, width)),
    "",
    bold(worst?.steps ? `Who is told of the ${worst.name}` : "Who is told once it fires"),
    ...escalationLines(escalation, rings, timeZone, width),
  ];
  return `${lines.join("\n")}\n`;
}

function faultLines(
  fault: DrillFault,
  { begun, timeZone, targetPercent }: DrillReport,
  width: number,
): readonly string[] {
  const lead = `  ${fault.name.padEnd(13)} `;
  if (!fault.steps) return hanging(lead, "not what this alert looks for", width);
  const seconds = ringsAfter(fault);
  const steps = fault.steps.map((step) => `${step.seconds} s ${step.name}`).join(" + ");
  const budget =
    targetPercent === undefined || fault.errorShare === 0
      ? ""
      : `; ${percent(budgetBurnt(seconds, fault.errorShare, targetPercent))} of the month's error budget at ${targetPercent} % is gone`;
  const at = clock(begun + seconds * 1000, timeZone);
  return hanging(
    lead,
    `a phone rings at ${at}, after ${lasting60(seconds)} at the latest (${steps})${budget}`,
    width,
  );
}

/** `102 s`, `12 min`. */
function lasting60(seconds: number): string {
  return seconds < 300 ? `${seconds} s` : lasting(seconds * 1000);
}

/** Two digits that count, such as `0.78 %`. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
