/** A stack's people with a key each, its release, and what they sign: for tests of sign-offs and waivers. */
import { loadSpec } from "../../../model/config/stack-spec.ts";
import type { Finding } from "../../../model/finding.ts";
import { digestOf } from "../../../readiness/proofs/canonical.ts";
import type { Release } from "../../../readiness/proofs/release.ts";
import { signOffFindings } from "../../../readiness/proofs/sign-offs/find.ts";
import type { SignOffInput } from "../../../readiness/proofs/sign-offs/input.ts";
import {
  fileName,
  fileText,
  type SignOff,
  signedBytes,
  signOffNamespace,
} from "../../../readiness/proofs/sign-offs/payload.ts";
import { readSigners, type Signers } from "../../../readiness/proofs/signers.ts";
import { asConfig, prodSettings } from "../../model/prod-config.ts";
import { type SignOptions, type TestKey, testKey } from "./signing.ts";

export const spec = loadSpec("prod", asConfig(prodSettings()));
export const now = new Date("2026-03-02T09:00:00Z");
/** By person; helen's is a security key. */
export const keys: Readonly<Record<"amara" | "priya" | "lucia" | "tomas" | "helen" | "ci", TestKey>> = {
  amara: testKey(),
  priya: testKey(),
  lucia: testKey(),
  tomas: testKey(),
  helen: testKey("ssh:"),
  ci: testKey(),
};

/** `more` stands behind a person's key. */
export function signersWith(more: Partial<Record<keyof typeof keys, string>> = {}): Signers {
  const { ci, ...people } = keys;
  const entries = Object.entries(people).map(([id, key]) => {
    const { roles, email } = spec.people.find((p) => p.id === id) ?? {};
    const fields = `key: ${key.line}, from: 2026-01-05${more[id as keyof typeof people] ?? ""}`;
    return `  - { person: ${id}, roles: [${roles}], email: ${email}, keys: [{ ${fields} }] }\n`;
  });
  const evidence = `evidence: [{ service: portal, key: ${ci.line}, from: 2026-01-05 }]\n`;
  const { value, issues } = readSigners(`people:\n${entries.join("")}${evidence}`);
  if (!value) throw new Error(JSON.stringify(issues));
  return value;
}

export const signers = signersWith();
export const report = digestOf("what the other proofs say");

const announced = { by: "lucia", to: "#releases", says: "what changes" };
export const release: Release = {
  stack: "prod",
  commit: "0123456789abcdef0123456789abcdef01234567",
  services: {
    portal: {
      commit: "89abcdef0123456789abcdef0123456789abcdef",
      deployment: "dpl_1",
      authors: ["amara.okafor@example.com"],
    },
  },
  window: { opens: "2026-03-02T08:00:00Z", closes: "2026-03-02T12:00:00Z", present: ["tomas"] },
  rollback: { trigger: "error rate above 1 % for 5 minutes", decides: "priya", does: "tomas" },
  communication: { before: announced, during: announced, after: announced },
};

let count = 0;
export function signOffOf(over: Partial<SignOff> = {}): SignOff {
  count += 1;
  return {
    version: 1,
    item: "GO-01",
    decision: "go",
    person: "priya",
    role: "tech-lead",
    stack: "prod",
    release: digestOf(release),
    report,
    at: "2026-03-02T08:30:00Z",
    nonce: count.toString(16).padStart(32, "0"),
    ...over,
  };
}

export function signed(
  signOff: SignOff,
  key: TestKey = keys[signOff.person as keyof typeof keys],
  namespace = signOffNamespace,
  options: SignOptions = {},
) {
  const signature = key.sign(signedBytes(signOff), namespace, options);
  const file = `releases/prod/sign-offs/${fileName(signOff)}`;
  return { file, text: fileText({ payload: signOff, signature }) };
}

export function judge(files: SignOffInput["signOffs"], over: Partial<SignOffInput> = {}): readonly Finding[] {
  return signOffFindings({
    stack: "prod",
    people: spec.people,
    release,
    signers,
    signOffs: files,
    reportDigest: report,
    authors: [],
    now,
    deploying: false,
    ...over,
  });
}

/** Sign-offs by the people whom they name. */
export function files(...signOffs: readonly Partial<SignOff>[]): SignOffInput["signOffs"] {
  return signOffs.map((over) => signed(signOffOf(over)));
}

/** The signers, with keys that count from another day on. */
export function signersFrom(from: string): Signers {
  const people = signers.people.map((p) => ({ ...p, keys: p.keys.map((k) => ({ ...k, from })) }));
  return { ...signers, people };
}

export const training = {
  item: "INC-04",
  person: "tomas",
  role: "devops-lead",
  release: null,
  report: null,
} as const;
export const window = { item: "GO-04", person: "tomas", role: "devops-lead" } as const;
export const beforeWindow = { now: new Date("2026-03-02T07:59:59Z") };
export const otherRelease = { ...release, commit: "f".repeat(40) };
/** Its window closes in the night in which 01:30 comes twice: the second time. */
export const autumn = {
  ...release,
  window: { ...release.window, opens: "2026-10-25T00:30:00+01:00", closes: "2026-10-25T01:30:00+00:00" },
};
export const inAutumn = { release: digestOf(autumn), at: "2026-10-24T20:00:00Z" };
