/** What `drill` prints. */
import { lasting, moment } from "../../model/on-call/calendar/wording.ts";
import { type Severity, severityLevels } from "../../model/on-call/severities.ts";
import type { Chain } from "../../policies/declared/chain.ts";
import { type Step, sum, total } from "../../policies/declared/detection.ts";
import type { Quietness } from "../../policies/declared/quietness.ts";
import type { Window } from "../../policies/declared/silence.ts";
import type { Incident } from "../../policies/declared/story.ts";
import type { EscalationTimes } from "../paging/escalation.ts";
import { clock, escalationLines } from "../paging/escalation-text.ts";
import { often, percent as share } from "../paging/quietness.ts";
import { lowWarnings, silenceWarnings } from "../paging/silence.ts";
import { hanging, type Paint } from "../terminal/layout.ts";
import { storyLines } from "./story.ts";
import { budgetBurnt, type DrillFault, ringsAfter } from "./timeline.ts";

export interface DrillReport {
  readonly stack: string;
  readonly chain: Chain;
  readonly timeZone: string;
  /** When the first request fails. */
  readonly begun: number;
  readonly note: string | undefined;
  readonly faults: readonly DrillFault[];
  readonly quietness: Quietness;
  /** Availability that is promised, in percent. */
  readonly targetPercent: number | undefined;
  readonly escalation: EscalationTimes;
  /** The maintenance windows that silence the alert when it fires. */
  readonly silent: readonly Window[];
  /** The fault by which the rest is told, and when PagerDuty has told somebody of it. */
  readonly worst: DrillFault | undefined;
  readonly told: number;
  /** When it rings: later than it is told where its urgency is low; nothing where it never does. */
  readonly rings: number | undefined;
  /** The incidents of that outage. */
  readonly story: readonly Incident[];
}

export function drillText(report: DrillReport, width: number, paint: Paint): string {
  const { stack, chain, timeZone, begun, note, faults, escalation, silent, worst, told, rings, quietness } =
    report;
  const { alert, severity, service } = chain;
  const bold = (text: string) => paint("bold", text);
  const lines = [
    ...hanging("", `${alert.resource.name} (${severity}) in ${stack}: ${alert.name}`, width, bold),
    ...hanging(
      "  ",
      `pages ${service.props.name ?? service.name}, which escalates by ${escalation.policy}`,
      width,
    ),
    ...(note ? hanging("  ! ", note, width, (t) => paint("yellow", t)) : []),
    ...silenceWarnings(silent, timeZone, width, paint),
    ...lowWarnings(told, rings, timeZone, width, paint),
    "",
    bold("While nothing is wrong"),
    ...hanging("  ", healthy(quietness), width),
    "",
    bold(`A fault begins ${moment(begun, timeZone)} ${timeZone}`),
    ...faults.flatMap((fault) => faultLines(fault, report, width)),
    ...(rings === undefined
      ? []
      : [
          "",
          bold(worst?.outage ? `Who is told where the service ${worst.name}` : "Who is told once it fires"),
          ...escalationLines(escalation, rings, timeZone, width),
        ]),
    ...storyLines(report, width, paint),
  ];
  return `${lines.join("\n")}\n`;
}

function healthy(quietness: Quietness): string {
  switch (quietness.kind) {
    case "state":
      return `it does not ring by chance: ${quietness.why}`;
    case "unknown":
      return `nobody knows how often it rings: ${quietness.why}`;
    case "chance": {
      const { aWeek, aWeekInThrees, because } = quietness;
      return `it rings ${often(aWeek)} times a week, ${often(aWeekInThrees)} if failures come in threes: ${because}`;
    }
  }
}

function faultLines(
  fault: DrillFault,
  { begun, timeZone, targetPercent, told, rings, chain: { severity } }: DrillReport,
  width: number,
): readonly string[] {
  const lead = `  ${fault.name.padEnd(14)} `;
  if (!fault.steps) return hanging(lead, "not what this alert looks for", width);
  const seconds = ringsAfter(fault);
  const budget =
    targetPercent === undefined || fault.errorShare === 0
      ? ""
      : `; ${percent(budgetBurnt(seconds, fault.errorShare, targetPercent))} of the month's error budget at ${targetPercent} % is gone`;
  const at = clock(begun + seconds * 1000, timeZone);
  const what = rings === told ? "a phone rings" : "an e-mail is sent";
  return hanging(
    lead,
    `${what} at ${at}, after ${lasting60(seconds)}: ${parts(fault.steps)}${budget}${surely(fault, severity)}`,
    width,
  );
}

/** What is proven to be the most that it takes, and what nobody promises. */
function parts(steps: readonly Step[]): string {
  const part = (of: readonly Step[], word: string) =>
    of.length === 0 ? [] : [`${total(of)} s ${word} (${sum(of)})`];
  return [
    ...part(
      steps.filter(({ assumed }) => !assumed),
      "at the latest",
    ),
    ...part(
      steps.filter(({ assumed }) => assumed),
      "assumed",
    ),
  ].join(" and ");
}

/** What the steps leave out: at few requests a minute too few may fail. */
function surely({ chances }: DrillFault, severity: Severity): string {
  const { responseMinutes } = severityLevels[severity];
  const told = chances.map(
    ({ perMinute, chance }) => `${share(chance)} of cases at ${perMinute} requests a minute`,
  );
  return told.length === 0 ? "" : `; within ${responseMinutes} min in ${told.join(", ")}`;
}

/** `102 s`, `12 min`. */
function lasting60(seconds: number): string {
  return seconds < 300 ? `${seconds} s` : lasting(seconds * 1000);
}

/** Two digits that count, such as `0.78 %`. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
