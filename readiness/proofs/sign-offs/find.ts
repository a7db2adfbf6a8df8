/** From sign-offs to findings. Pure: the files, the signers and the clock are handed in. */
import { type SignOffItem, signOffItems, signOffs } from "../../../model/checklist/sign-offs.ts";
import type { Finding } from "../../../model/finding.ts";
import { digestOf } from "../canonical.ts";
import { verifySshSignature } from "../signatures/sshsig.ts";
import { type PersonSigner, personSigner } from "../signers.ts";
import { needsAnother, withoutAnother } from "./four-eyes.ts";
import type { SignOffFile, SignOffInput } from "./input.ts";
import { parseSignOff, type SignedSignOff, type SignOff, signedBytes, signOffNamespace } from "./payload.ts";
import { type Refusal, type Terms, validUntil, whyNot } from "./terms.ts";

/** A sign-off that is by whom it says. */
interface Authentic {
  readonly file: string;
  readonly signOff: SignOff;
  readonly signer: PersonSigner;
}

interface Refused {
  readonly file: string;
  readonly item: SignOffItem;
  readonly person: string;
  /** When it says that it was signed, where it says so. */
  readonly at: string | undefined;
  readonly refusal: Refusal;
}

/** How far a clock may be ahead. */
const clockSkewMs = 5 * 60_000;

/**
 * What the sign-offs of a stack prove. Of several by one person on one item the newest decides; what is refused is a
 * failure, since somebody believes that it counts. Where there is none there is no finding.
 */
export function signOffFindings(input: SignOffInput): Finding[] {
  const terms: Terms = { ...input, releaseDigest: input.release && digestOf(input.release) };
  const judged = input.signOffs.map((file) => authenticate(file, input));
  const authentic = judged.filter((j) => "signer" in j);
  const refused = judged.filter((j) => "refusal" in j);
  /** Only what is truly theirs takes the place of an earlier one: a forged file must not hide a no-go. */
  const superseded = (item: string, person: string, at: string | undefined) =>
    at !== undefined &&
    authentic.some(({ signOff: s }) => s.item === item && s.person === person && s.at > at);
  const newest = authentic
    .filter(({ signOff: { item, person, at } }) => !superseded(item, person, at))
    .map((j) => ({ ...j, refusal: whyNot(j.signOff, j.signer, terms) }));
  const alone = withoutAnother(newest.flatMap(({ signOff, refusal }) => (refusal ? [] : [signOff])));
  return [
    ...newest.map(({ file, signOff, refusal }) =>
      findingOf(file, signOff, signOff === alone ? needsAnother(signOff) : refusal, terms),
    ),
    ...refused
      .filter(({ item, person, at }) => !superseded(item, person, at))
      .map(({ file, item, person, at, refusal }) =>
        failure(file, { item, person, at }, refusal, input.stack),
      ),
  ];
}

/** The first item: whatever cannot be read may have been meant for any. */
const fallback = "GO-01";

function authenticate({ file, text }: SignOffFile, input: SignOffInput): Authentic | Refused {
  const read = parseSignOff(text);
  if ("problem" in read) {
    const [item = "", person = "somebody"] = (file.split("/").at(-1) ?? "").split(".");
    const refusal = { observed: read.problem, wanted: "a sign-off as `npm run signoff` writes it" };
    return { file, item: signOffItems.find((id) => id === item) ?? fallback, person, at: undefined, refusal };
  }
  const { item, person, at } = read.payload;
  const signer = signerOf(read, input);
  return "observed" in signer
    ? { file, item, person, at, refusal: signer }
    : { file, signOff: read.payload, signer };
}

/** Who signed it, if their key counts, and they sign as who they are. */
function signerOf({ payload, signature }: SignedSignOff, input: SignOffInput): PersonSigner | Refusal {
  const { person, role, at, stack } = payload;
  const verified = verifySshSignature(signedBytes(payload), signature, signOffNamespace);
  if ("problem" in verified) {
    return { observed: verified.problem, wanted: "an unaltered one, signed by `npm run signoff`" };
  }
  if (Date.parse(at) > input.now.getTime() + clockSkewMs) {
    return {
      observed: `dated ${at}, which is ahead of the clock`,
      wanted: "signed by a clock that is right",
    };
  }
  const signer = personSigner(input.signers, verified, new Date(at), input.now);
  if ("problem" in signer) return { observed: signer.problem, wanted: "by a person's key that counts now" };
  if (signer.person !== person) {
    return {
      observed: `signed by ${signer.person} in the name of ${person}`,
      wanted: `signed with a key of ${person}`,
    };
  }
  if (stack !== input.stack) {
    return { observed: `a sign-off for the stack ${stack}`, wanted: `one for ${input.stack}` };
  }
  const known = input.people.find((p) => p.id === person);
  if (!known) return { observed: `${person} is not a person of ${stack}`, wanted: "one of its config" };
  for (const [place, held] of [
    ["signers.yaml", signer.roles],
    [`Pulumi.${stack}.yaml`, known.roles],
  ] as const) {
    const observed = `${person} signs as ${role}, and is ${held.join(" and ")} in ${place}`;
    if (!held.includes(role)) return { observed, wanted: "in a role that the person has" };
  }
  return signer;
}

function findingOf(file: string, signOff: SignOff, refusal: Refusal | undefined, terms: Terms): Finding {
  if (refusal) return failure(file, signOff, refusal, terms.stack);
  const until = validUntil(signOff, terms);
  return {
    ...common(file, signOff),
    outcome: "pass",
    observed: "",
    wanted: undefined,
    ...(until === undefined ? {} : { until }),
  };
}

type Of = Pick<SignOff, "item" | "person"> & { readonly at: string | undefined };

function failure(file: string, of: Of, refusal: Refusal, stack: string): Finding {
  const { observed, wanted, remedy = "Sign anew, or delete the file if it is nobody's", another } = refusal;
  const person = another || !/^[a-z0-9-]+$/.test(of.person) ? `<${signOffs[of.item].role}>` : of.person;
  const command = `npm run signoff -- --stack ${stack} --item ${of.item} --person ${person} --key <file>`;
  return { ...common(file, of), outcome: "fail", observed, wanted, remedy: `${remedy}: ${command}.` };
}

function common(file: string, { item, person, at }: Of) {
  return {
    item,
    kind: "sign-off" as const,
    by: person,
    subject: file,
    urn: undefined,
    source: { file, line: 1 },
    ...(at === undefined ? {} : { at }),
  };
}
