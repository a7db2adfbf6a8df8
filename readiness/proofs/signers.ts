/**
 * `signers.yaml`: whose keys count, for what and when. It is reviewed like code; read it from the commit that is
 * deployed, or a change could bring the key that approves it.
 */
import { z } from "zod";
import type { Keys, Problem } from "../../model/config/error.ts";
import { filled } from "../../model/config/forms.ts";
import { roles } from "../../model/on-call/escalation.ts";
import { type CheckedFile, checkFile } from "../inputs/project-file.ts";
import type { SigstoreSignature } from "./signatures/sigstore.ts";
import { parsePublicKey, securityKey, softwareKey } from "./signatures/ssh-key.ts";
import type { SshSignature } from "./signatures/sshsig.ts";

export const signersFile = "signers.yaml";

const day = z.iso.date().describe("a date such as 2026-01-05");
const publicKey = z
  .string()
  .refine((line) => !("problem" in parsePublicKey(line)))
  .transform((line) => {
    const key = parsePublicKey(line);
    return "problem" in key ? line : key.publicKey;
  })
  .describe("a public key such as `ssh-ed25519 AAAA…` or `sk-ssh-ed25519@openssh.com AAAA…`");
const validity = {
  /** The first day, in UTC, like every day here. */
  from: day,
  /** The last day; a key of somebody who has left, or that was replaced. */
  until: day.optional(),
  /** From this day on nothing counts that it ever signed: it was lost or stolen, and may be backdating. */
  revoked: day.optional(),
};

const personKey = z.strictObject({
  key: publicKey,
  ...validity,
  /** It is on a security key, and a signature without a touch counts for nothing. */
  touch: z.literal(true).optional(),
});

const person = z.strictObject({
  /** Id and roles as under `readiness:people` in the stack's config. */
  person: filled.describe("the id of a person of the stack's config, such as priya"),
  roles: z.array(z.enum(roles)).min(1),
  /** As in the commits that they write: nobody signs for their own. */
  email: z.email().describe("an e-mail address such as ana@example.com"),
  keys: z.array(personKey).min(1).describe("a list of one or more keys"),
});

const evidence = z.strictObject({
  /** Whose evidence it is, such as portal; a service of the stack. */
  service: filled.describe("the name of a service, such as portal"),
  key: publicKey.optional(),
  /** Of a CI job's Sigstore certificate; compared as a whole. */
  identity: z
    .strictObject({
      issuer: z
        .url({ protocol: /^https$/ })
        .describe("an address such as https://token.actions.githubusercontent.com"),
      subject: z
        .string()
        .min(1)
        .describe("https://github.com/<owner>/<name>/.github/workflows/<file>@refs/heads/<branch>"),
    })
    .optional(),
  ...validity,
});

const schema = z.strictObject({ people: z.array(person), evidence: z.array(evidence) });

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type Signers = DeepReadonly<z.output<typeof schema>>;
export type PersonSigner = Signers["people"][number];
export type EvidenceSigner = Signers["evidence"][number];

/** Reads `signers.yaml`; what is wrong with it has its line. */
export function readSigners(text: string): CheckedFile<Signers> {
  return checkFile(signersFile, text, schema, contradictions);
}

function contradictions(signers: Signers): readonly Problem[] {
  const { people, evidence: services } = signers;
  const problems: Problem[] = [];
  const ids = people.map((p) => p.person);
  const addresses = people.map((p) => p.email.toLowerCase());
  for (const [i, { person: id, email }] of people.entries()) {
    const twice = `${id} stands here twice, must be once, with all roles`;
    if (ids.indexOf(id) < i) problems.push([["people", i, "person"], twice]);
    const other = people[addresses.indexOf(email.toLowerCase())]?.person;
    const shared = `${email} is that of ${other} too, must be one person's alone`;
    if (other !== id) problems.push([["people", i, "email"], shared]);
  }
  for (const [i, { key, identity }] of services.entries()) {
    const both = (key === undefined) === (identity === undefined);
    if (both) problems.push([["evidence", i], "must have a key or an identity, and not both"]);
  }
  const holders = new Map<string, string>();
  for (const { key, holder, at, from, until, touch } of listedKeys(signers)) {
    const other = key && holders.get(key);
    const shared = `the key of ${holder} is that of ${other} too, must be one holder's alone`;
    if (other && other !== holder) problems.push([[...at, "key"], shared]);
    else if (key) holders.set(key, holder);
    if (until !== undefined && until < from) {
      problems.push([[...at, "until"], `${until} is before ${from}, must be the same day or later`]);
    }
    if (touch && key?.startsWith(softwareKey)) {
      problems.push([
        [...at, "touch"],
        `nobody touches an ${softwareKey} key, must be one of ${securityKey}`,
      ]);
    }
  }
  return problems;
}

interface ListedKey extends Validity {
  readonly key?: string | undefined;
  readonly touch?: boolean | undefined;
  readonly holder: string;
  readonly at: Keys;
}

/** A CI job may sign for several services; a person's key is theirs alone. */
function listedKeys({ people, evidence: services }: Signers): readonly ListedKey[] {
  return [
    ...people.flatMap((p, i) =>
      p.keys.map((key, j) => ({ ...key, holder: p.person, at: ["people", i, "keys", j] })),
    ),
    ...services.map((s, i) => ({ ...s, holder: "evidence", at: ["evidence", i] })),
  ];
}

/**
 * The person whose signature it is, if their key counts.
 * @param signedAt when they say that they signed
 */
export function personSigner(
  signers: Signers,
  { publicKey: key, fingerprint, touched }: SshSignature,
  signedAt: Date,
  now: Date,
): PersonSigner | { readonly problem: string } {
  const service = signers.evidence.find((s) => s.key === key)?.service;
  if (service) return { problem: `a signature by the key for evidence of ${service}, which is no person's` };
  for (const signer of signers.people) {
    const listed = signer.keys.find((k) => k.key === key);
    if (!listed) continue;
    const problem = invalidity(listed, signedAt, now);
    if (problem !== undefined) return { problem: `a signature by a key of ${signer.person} that ${problem}` };
    if (touched !== false) return signer;
    return { problem: `a signature that ${signer.person}'s security key made without a touch` };
  }
  return { problem: `a signature by the key ${fingerprint}, which is not in ${signersFile}` };
}

/**
 * Who may sign a service's evidence, if it is who signed, and the key or identity counts.
 * @param by an SSH signature, or who signed a Sigstore bundle
 */
export function evidenceSigner(
  signers: Signers,
  service: string,
  by: Pick<SshSignature, "publicKey" | "fingerprint"> | Pick<SigstoreSignature, "issuer" | "subject">,
  signedAt: Date,
  now: Date,
): EvidenceSigner | { readonly problem: string } {
  const name = "publicKey" in by ? `the key ${by.fingerprint}` : `${by.subject} of ${by.issuer}`;
  const listed = signers.evidence.filter((s) =>
    "publicKey" in by
      ? s.key === by.publicKey
      : s.identity?.issuer === by.issuer && s.identity.subject === by.subject,
  );
  const own = listed.filter((s) => s.service === service);
  const problems = own.map((s) => invalidity(s, signedAt, now));
  const valid = own[problems.indexOf(undefined)];
  if (valid) return valid;
  if (own.length > 0) return { problem: `a signature by ${name}, which ${problems[0]}` };
  const others = listed.map((s) => s.service).join(", ");
  const place = others ? `which signs evidence of ${others} alone` : `which is not in ${signersFile}`;
  return { problem: `a signature by ${name}, ${place}` };
}

type Validity = Pick<EvidenceSigner, "from" | "until" | "revoked">;

/** Why a key does not count: it must be good when it signs and now, or an old key could sign in the past. */
function invalidity({ from, until, revoked }: Validity, signedAt: Date, now: Date): string | undefined {
  const signed = dayOf(signedAt);
  const today = dayOf(now);
  if (revoked !== undefined && revoked <= today) return `was revoked on ${revoked}`;
  if (signed < from) return `counts from ${from} on, not on ${signed}`;
  if (until !== undefined && until < signed) return `had expired on ${until} when it signed`;
  if (until !== undefined && until < today) return `has expired on ${until}, whenever it signed`;
  return undefined;
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
