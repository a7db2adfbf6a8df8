/** Fuzzes in a process of its own, which may hang or be gone; its last message is the outcome. */
import "../../readiness/engine/lean-imports.ts";
import { type Campaign, campaign, type Outcome } from "./campaign.ts";
import { isKind, type Kind, kinds } from "./kind.ts";

export interface Order extends Omit<Campaign, "pending"> {
  readonly kind: string;
  readonly pending: string;
  /** This one, and no other. */
  readonly input?: unknown;
}

const { kind: name, input, ...order }: Order = JSON.parse(process.argv[2] ?? "");
if (!isKind(name)) throw new Error(`there is no kind ${name}`);
const kind: Kind = await kinds[name].load();
const outcome: Outcome = input === undefined ? await campaign(kind, order) : await replay();
kind.close?.();
process.send?.(outcome, () => process.exit());

async function replay(): Promise<Outcome> {
  const fault = await kind.judge(input);
  return { runs: 1, ...(fault !== undefined && { finding: { fault, input } }) };
}
