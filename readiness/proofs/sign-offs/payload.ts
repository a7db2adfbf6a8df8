/** What a sign-off says, and the file that holds it with its signature. */
import { z } from "zod";
import { type SignOffItem, signOffItems } from "../../../model/checklist/sign-offs.ts";
import { roles } from "../../../model/on-call/escalation.ts";
import { canonicalJson } from "../canonical.ts";

/** SSH signatures for anything else do not count. */
export const signOffNamespace = "production-readiness-sign-off";

export const decisions = ["go", "no-go", "withdraw"] as const;
export type Decision = (typeof decisions)[number];

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const payload = z.strictObject({
  version: z.literal(1),
  item: z.enum(signOffItems as readonly [SignOffItem, ...SignOffItem[]]),
  decision: z.enum(decisions),
  person: z.string().min(1),
  role: z.enum(roles),
  stack: z.string().min(1),
  /** Of the release; null where it holds for the stack. */
  release: digest.nullable(),
  /** Of the report, for the items that ask for it. */
  report: digest.nullable(),
  /** When it was signed, in UTC. */
  at: z.iso.datetime({ precision: 0 }),
  /** So that no two are alike. */
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
});

export type SignOff = Readonly<z.output<typeof payload>>;

const file = z.strictObject({ payload, signature: z.string() });

export interface SignedSignOff {
  readonly payload: SignOff;
  /** Armoured SSH signature over `signedBytes`. */
  readonly signature: string;
}

/** What is signed. */
export function signedBytes(signOff: SignOff): Uint8Array {
  return Buffer.from(canonicalJson(signOff));
}

export function fileText(signed: SignedSignOff): string {
  return `${JSON.stringify(signed, null, 2)}\n`;
}

/** Such as `GO-01.priya.20260302T091500Z.5f0c1d2e.json`: a new file for each, the newest last. */
export function fileName({ item, person, at, nonce }: SignOff): string {
  return `${[item, person, at.replaceAll(/[-:]/g, ""), nonce.slice(0, 8)].join(".")}.json`;
}

/** Reads a file; the problem is what the first thing is that is wrong with it. */
export function parseSignOff(text: string): SignedSignOff | { readonly problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { problem: "no JSON" };
  }
  const parsed = file.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `no sign-off of version 1 (${[issue?.path.join("."), issue?.message].join(": ")})` };
}
