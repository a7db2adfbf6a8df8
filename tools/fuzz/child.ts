/** Fuzzes in a process of its own, which may hang or be gone; its last message is the outcome. */
import "../../readiness/engine/lean-imports.ts";
import { renameSync, writeFileSync } from "node:fs";
import { type Campaign, campaign, type Outcome } from "./campaign.ts";
import { isKind, type Kind, kinds } from "./kind.ts";

export interface Order extends Campaign {
  readonly kind: string;
  /** Each input stands there before it is judged, for whoever looks why this process hangs or is gone. */
  readonly pending: string;
  /** This one, and no other. */
  readonly input?: unknown;
}

/** Of the processor's time, that one input may take. */
const mostSeconds = 10;

const { kind: name, pending, input, ...order }: Order = JSON.parse(process.argv[2] ?? "");
if (!isKind(name)) throw new Error(`there is no kind ${name}`);
const kind: Kind = await kinds[name].load();

async function judge(one: unknown): Promise<string | undefined> {
  // Whole or not at all: whoever looks may stop this process at any time.
  writeFileSync(`${pending}.next`, JSON.stringify(one));
  renameSync(`${pending}.next`, pending);
  const before = process.cpuUsage();
  const fault = await kind.judge(one);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return fault ?? (seconds > mostSeconds ? `${seconds.toFixed(1)} s of the processor's time` : undefined);
}

const outcome: Outcome = input === undefined ? await campaign({ ...kind, judge }, order) : await replay();
kind.close?.();
process.send?.(outcome, () => process.exit());

async function replay(): Promise<Outcome> {
  const fault = await judge(input);
  return { runs: 1, ...(fault !== undefined && { finding: { fault, input } }) };
}
