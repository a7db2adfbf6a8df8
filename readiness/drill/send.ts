/** The drill for real: an incident that is marked as a drill, and resolved whatever becomes of the drill. */
import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import { createInterface } from "node:readline/promises";
import { describe, UsageError } from "../errors.ts";
import { type PagerDutyAccess, resolve, trigger, waitForNotification } from "./pagerduty.ts";
import type { DrillReport } from "./text.ts";

/** How long a drill waits for the first notification, and how often it looks. */
const wait = { timeoutMs: 120_000, everyMs: 2_000 };
const nobodyTold = 1;
const signals = ["SIGINT", "SIGTERM"] as const;

type Report = Pick<DrillReport, "chain" | "escalation">;

/**
 * @param unasked whether to ring phones without asking
 * @returns the exit status: 1 where nobody was told, 128 and the signal's number where a signal ended the wait
 * @throws UsageError where PagerDuty cannot be asked; one that may have left the incident open says so
 */
export async function send(access: PagerDutyAccess, report: Report, unasked: boolean): Promise<number> {
  if (!unasked && !(await confirmed(serviceOf(report)))) {
    process.stdout.write("\nNothing was sent.\n");
    return 0;
  }
  const interrupted = new AbortController();
  // They wait until the incident is resolved, which takes a request's time at most.
  const interrupt = (signal: (typeof signals)[number]) => interrupted.abort(signal);
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const status = await triggered(access, report, interrupted.signal);
    const { aborted, reason } = interrupted.signal;
    return aborted ? 128 + constants.signals[reason as NodeJS.Signals] : status;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** From the event to its end. */
async function triggered(access: PagerDutyAccess, report: Report, interrupted: AbortSignal): Promise<number> {
  const summary = `[DRILL] ${report.chain.alert.name}`;
  const key = `drill-${randomUUID()}`;
  const sent = Date.now();
  try {
    await trigger(access, summary, key);
  } catch (error) {
    // An event whose answer is lost may have arrived; of one that was refused, there is nothing to resolve.
    await resolve(access, key).catch(() => {});
    throw error;
  }
  process.stdout.write(`\nSent "${summary}"; waiting for PagerDuty to tell somebody\n`);
  try {
    return await watch(access, key, sent, report, interrupted);
  } catch (error) {
    if (!interrupted.aborted) throw error;
    process.stdout.write("  interrupted\n");
    return nobodyTold;
  } finally {
    await end(access, key);
  }
}

/** Says who was told, and whether it is whom the stack names. */
async function watch(
  access: PagerDutyAccess,
  key: string,
  sent: number,
  report: Report,
  interrupted: AbortSignal,
): Promise<number> {
  const told = await waitForNotification(access, key, wait, interrupted);
  for (const { person, channel, at } of told) {
    const seconds = Math.max(0, Math.round((Date.parse(at) - sent) / 1000));
    process.stdout.write(`  ${person} was told by ${channel} after ${seconds} s\n`);
  }
  if (told.length === 0) {
    process.stdout.write(`  nobody was told within ${wait.timeoutMs / 1000} s\n`);
    return nobodyTold;
  }
  const [first] = report.escalation.levels;
  if (!told.some(({ person }) => first?.told.some((name) => name.endsWith(person)))) {
    const doubt = `an override, or PAGERDUTY_ROUTING_KEY is not of ${serviceOf(report)}`;
    process.stdout.write(`  expected ${first?.told.join(", ")}: ${doubt}\n`);
  }
  return 0;
}

async function end(access: PagerDutyAccess, key: string): Promise<void> {
  try {
    await resolve(access, key);
  } catch (error) {
    const why = error instanceof Error ? describe(error) : String(error);
    throw new UsageError(
      `the drill's incident may still be open, resolve it in PagerDuty by its key ${key}: ${why}`,
    );
  }
  process.stdout.write("The drill's incident is resolved.\n");
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

function serviceOf({ chain: { service } }: Report): string {
  return service.props.name ?? service.name;
}
