/** `waivers.yaml`: failures that people have agreed to live with for a time. */
import { z } from "zod";
import { type ChecklistItem, checklist, type ItemId } from "../../../model/checklist/checklist.ts";
import { filled } from "../../../model/config/forms.ts";
import type { OpenProof } from "../../verdict.ts";
import { canonicalJson } from "../canonical.ts";

export const waiversFile = "waivers.yaml";

/** SSH signatures for anything else do not count. */
export const waiverNamespace = "production-readiness-waiver";
/** An exception that is still needed after a quarter is looked at again. */
export const longestWaiverDays = 90;
/** What stands for what concerns no resource: the stack as a whole, or a proof that is missing. */
export const wholeStack = "stack";

const day = z.iso.date().describe("a date such as 2026-03-31");
const waiver = z.strictObject({
  /** Id of an item of the checklist; or else `rule`. */
  item: filled.optional(),
  /** Id of a rule: one of an item's several. */
  rule: filled.optional(),
  resource: z
    .string()
    .regex(/^[^\s*?]+$/)
    .describe("the exact name of one resource, or stack for what concerns none"),
  stack: filled,
  /** Why it cannot be mended now. */
  reason: filled,
  /** Id of the person who mends it. */
  owner: filled,
  /** Id of the lead who accepts the risk, and signs. */
  approver: filled,
  /** What holds the risk down meanwhile. */
  compensating: filled,
  since: day,
  /** The last day; at most 90 days after `since`. */
  expires: day,
  /** Of the approver, as `npm run waiver -- --sign` writes it. */
  signature: z.string().optional(),
});

export const waiverSchema = waiver;
export const waiversSchema = z.strictObject({ waivers: z.array(waiver) });
export type Waiver = Readonly<z.output<typeof waiver>>;

/** What the approver signs: every field but the signature. */
export function waiverBytes({ signature: _, ...content }: Waiver): Uint8Array {
  return Buffer.from(canonicalJson({ version: 1, waiver: content }));
}

/** `by` of findings that a signature of evidence does not count. */
export const signatureProof = "signature";
/** The lock of the backup vaults: its failure is what an extortionist would ask for. */
const neverWaived: readonly ItemId[] = ["BAK-05"];
const items: ReadonlyMap<string, ChecklistItem> = new Map(checklist.map((item) => [item.id, item]));

export function isWaivableItem(id: ItemId): boolean {
  return items.get(id)?.proof !== "sign-off" && !neverWaived.includes(id);
}

/** Whether a waiver of this item covers what is open. */
export function covers({ rule, resource }: Waiver, item: ItemId, open: OpenProof): boolean {
  if (open.item !== item || open.by === signatureProof || !isWaivableItem(item)) return false;
  if (rule !== undefined && rule !== open.by) return false;
  return resource === wholeStack ? open.urn === undefined : open.urn?.split("::").at(-1) === resource;
}
