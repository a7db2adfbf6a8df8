/** What can be wrong with a waiver that is well-formed. */
import { checklist, type ItemId } from "../../../model/checklist/checklist.ts";
import { closest } from "../../../model/suggest.ts";
import type { OpenProof } from "../../verdict.ts";
import { verifySshSignature } from "../signatures/sshsig.ts";
import { personSigner } from "../signers.ts";
import type { WaiverInput } from "./input.ts";
import {
  covers,
  isWaivableItem,
  longestWaiverDays,
  type Waiver,
  waiverBytes,
  waiverNamespace,
  wholeStack,
} from "./waiver.ts";

export interface WaiverFault {
  readonly observed: string;
  /** Follows "must be". */
  readonly wanted: string;
  /** The field at fault; the entry as a whole where absent. */
  readonly key?: keyof Waiver;
}

const dayMs = 86_400_000;

/** The item that a waiver is about; nothing where there is no such item or rule. */
export function itemOf({ item, rule }: Waiver, rules: WaiverInput["rules"]): ItemId | undefined {
  if (rule !== undefined) return rules.find((r) => r.id === rule)?.item;
  return checklist.find((i) => i.id === item)?.id;
}

/** The first thing that is wrong with a waiver. */
export function waiverFault(
  waiver: Waiver,
  opens: readonly OpenProof[],
  input: WaiverInput,
): WaiverFault | undefined {
  return (
    faultOfSubject(waiver, input) ??
    faultOfTime(waiver, input.now) ??
    faultOfPeople(waiver, input) ??
    faultOfSignature(waiver, input) ??
    unused(waiver, opens, input)
  );
}

function faultOfSubject(waiver: Waiver, input: WaiverInput): WaiverFault | undefined {
  const { item, rule, resource, stack } = waiver;
  if (stack !== input.stack) return unknown("stack", stack, input.stacks);
  if ((item === undefined) === (rule === undefined)) {
    return { observed: "found both an item and a rule, or neither", wanted: "about one item or one rule" };
  }
  const id = itemOf(waiver, input.rules);
  if (id === undefined) {
    return rule === undefined
      ? unknown(
          "item",
          `${item}`,
          checklist.map((i) => i.id),
        )
      : unknown(
          "rule",
          rule,
          input.rules.map((r) => r.id),
        );
  }
  if (!isWaivableItem(id)) {
    const observed = `waives ${id}, which nobody can waive`;
    return { key: rule === undefined ? "item" : "rule", observed, wanted: "removed" };
  }
  if (resource === wholeStack || input.resources.includes(resource)) return undefined;
  return unknown("resource", resource, input.resources);
}

function unknown(key: keyof Waiver, found: string, known: readonly string[]): WaiverFault {
  const near = closest(found, known);
  const hint = near === undefined ? "" : ` such as ${near}`;
  return { key, observed: `there is no ${key} "${found}"`, wanted: `one that there is${hint}` };
}

function faultOfTime({ since, expires }: Waiver, now: Date): WaiverFault | undefined {
  const today = now.toISOString().slice(0, 10);
  if (expires < today)
    return { key: "expires", observed: `ended with ${expires}`, wanted: "renewed or removed" };
  if (since > today) return { key: "since", observed: `begins on ${since} only`, wanted: "in force" };
  const days = (Date.parse(expires) - Date.parse(since)) / dayMs;
  if (days <= longestWaiverDays) return undefined;
  return { key: "expires", observed: `lasts ${days} days`, wanted: `at most ${longestWaiverDays} days long` };
}

function faultOfPeople({ owner, approver }: Waiver, { people }: WaiverInput): WaiverFault | undefined {
  const ids = people.map((p) => p.id);
  if (!ids.includes(owner))
    return { ...unknown("owner", owner, ids), wanted: "a person of the stack's config" };
  const lead = people.find((p) => p.id === approver);
  if (!lead) return { ...unknown("approver", approver, ids), wanted: "a person of the stack's config" };
  if (owner === approver) {
    return { key: "approver", observed: `${approver} approves their own waiver`, wanted: "somebody else" };
  }
  if (lead.roles.some((role) => role !== "on-call-engineer")) return undefined;
  return {
    key: "approver",
    observed: `${approver} is ${lead.roles.join(" and ")}`,
    wanted: "a lead or the CTO",
  };
}

/** Whether its approver signed it, as it is now. */
export function faultOfSignature(
  waiver: Waiver,
  { signers, now }: Pick<WaiverInput, "signers" | "now">,
): WaiverFault | undefined {
  const { signature, approver, since } = waiver;
  const wanted = `signed by ${approver}`;
  if (signature === undefined) return { observed: "is not signed", wanted };
  const verified = verifySshSignature(waiverBytes(waiver), signature, waiverNamespace);
  const key = "signature";
  if ("problem" in verified) return { key, observed: verified.problem, wanted };
  const signer = personSigner(signers, verified, new Date(since), now);
  if ("problem" in signer) return { key, observed: signer.problem, wanted };
  return signer.person === approver ? undefined : { key, observed: `signed by ${signer.person}`, wanted };
}

function unused(
  waiver: Waiver,
  opens: readonly OpenProof[],
  { rules }: WaiverInput,
): WaiverFault | undefined {
  const item = itemOf(waiver, rules);
  if (item !== undefined && opens.some((open) => covers(waiver, item, open))) return undefined;
  return { observed: "covers nothing that is open", wanted: "removed" };
}
