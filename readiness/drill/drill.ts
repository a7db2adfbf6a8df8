/** `drill`: one alert's way from a fault to a person, on paper, and with `--send` for real. */
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { UsageError } from "../errors.ts";
import { parseAt } from "../oncall/at.ts";
import { declaredStack } from "../oncall/declared.ts";
import { escalationOf } from "../oncall/escalation.ts";
import { pageOf } from "../oncall/page.ts";
import { rotasOf } from "../oncall/rotas.ts";
import { accessFrom, type PagerDutyAccess, resolve, trigger, waitForNotification } from "./pagerduty.ts";
import { type DrillReport, drillText } from "./text.ts";
import { faultsOf, findChain, promiseOf, ringsAfter } from "./timeline.ts";

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
}

/** How long a real drill waits for the first notification, and how often it looks. */
const wait = { timeoutMs: 120_000, everyMs: 2_000 };
const nobodyTold = 1;

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status: 1 where a drill was sent and told nobody
 * @throws UsageError where the options cannot be carried out; ConfigError, ProgramError where the stack cannot
 */
export async function drill(options: DrillOptions, projectDir: string): Promise<number> {
  if (options.send && options.at !== undefined) throw new UsageError("--send is about now, without --at");
  const access = options.send ? accessFrom(process.env) : undefined;
  const { spec, stack } = await declaredStack(projectDir, options.stack);
  const { timeZone } = spec.onCall;
  const now = { instant: Date.now(), note: undefined };
  const { instant: begun, note } = options.at === undefined ? now : parseAt(options.at, timeZone);
  const chain = findChain(stack, options.alert);
  const targetPercent = promiseOf(stack, chain);
  const faults = faultsOf(chain, targetPercent);
  const rings = begun + (faults[0] ? ringsAfter(faults[0]) : 0) * 1000;
  const escalation = escalationOf(stack, chain.severity, rotasOf(stack, spec), spec.people, rings);
  const report = { stack: options.stack, chain, timeZone, begun, note, faults, targetPercent, escalation };
  const { width, paint } = pageOf(process.stdout);
  process.stdout.write(drillText(report, width, paint));
  return access ? send(access, report, options.yes) : 0;
}

async function send(access: PagerDutyAccess, report: DrillReport, unasked: boolean): Promise<number> {
  const service = report.chain.service.props.name ?? report.chain.service.name;
  if (!unasked && !(await confirmed(service))) {
    process.stdout.write("\nNothing was sent.\n");
    return 0;
  }
  const sent = Date.now();
  const summary = `[DRILL] ${report.chain.alert.name}`;
  const key = await trigger(access, summary, `drill-${randomUUID()}`);
  process.stdout.write(`\nSent "${summary}"; waiting for PagerDuty to tell somebody\n`);
  try {
    const told = await waitForNotification(access, key, wait);
    for (const { person, channel, at } of told) {
      const seconds = Math.max(0, Math.round((Date.parse(at) - sent) / 1000));
      process.stdout.write(`  ${person} was told by ${channel} after ${seconds} s\n`);
    }
    const [first] = report.escalation.levels;
    if (told.length > 0 && !told.some(({ person }) => first?.told.some((name) => name.endsWith(person)))) {
      const doubt = `an override, or PAGERDUTY_ROUTING_KEY is not of ${service}`;
      process.stdout.write(`  expected ${first?.told.join(", ")}: ${doubt}\n`);
    }
    if (told.length > 0) return 0;
    process.stdout.write(`  nobody was told within ${wait.timeoutMs / 1000} s\n`);
    return nobodyTold;
  } finally {
    await resolve(access, key);
    process.stdout.write("The drill's incident is resolved.\n");
  }
}

/** A drill rings real phones, so somebody must want it. */
async function confirmed(service: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError("--send asks before it rings phones; without a terminal, add --yes");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`\nRing whoever is on call for ${service} now? Type yes: `);
    return answer.trim() === "yes";
  } finally {
    terminal.close();
  }
}
