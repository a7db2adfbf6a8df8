import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifySshSignature } from "../../../readiness/proofs/signatures/sshsig.ts";
import {
  evidenceSigner,
  personSigner,
  readSigners,
  type Signers,
} from "../../../readiness/proofs/signers.ts";
import { testKey } from "./signing.ts";

const [mine, other, device, ci] = [testKey(), testKey(), testKey("ssh:"), testKey()];
const identity = {
  issuer: "https://token.actions.githubusercontent.com",
  subject: "https://github.com/example/portal/.github/workflows/ci.yml@refs/heads/main",
};
const yaml = `people:
  - person: priya
    roles: [tech-lead]
    email: priya.raman@example.com
    keys:
      - { key: ${mine.line}, from: 2026-01-05, until: 2026-06-30 }
      - { key: ${device.line}, from: 2026-07-01, touch: true }
  - person: lucia
    roles: [product-lead]
    email: lucia.ferrer@example.com
    keys:
      - { key: ${other.line}, from: 2026-01-05, revoked: 2026-05-01 }
evidence:
  - { service: portal, key: ${ci.line}, from: 2026-01-05 }
  - { service: portal, identity: { issuer: "${identity.issuer}", subject: "${identity.subject}" }, from: 2026-01-05 }
`;

function signersOf(text: string): Signers {
  const { value, issues } = readSigners(text);
  if (!value) throw new Error(JSON.stringify(issues));
  return value;
}

function messagesOf(text: string): readonly string[] {
  return readSigners(text).issues.map((i) => `${i.source.file}:${i.source.line}: ${i.path}: ${i.message}`);
}

describe("signers.yaml", () => {
  it("tells everything that is wrong at once, each with its line", () => {
    const wrong = yaml
      .replace("until: 2026-06-30", "untill: 2026-06-30")
      .replace("[product-lead]", "[produkt-lead]")
      .replace("from: 2026-01-05, revoked", "from: 2026-02-30, revoked")
      .replace(ci.line, "ssh-rsa AAAAB3NzaC1yc2E=");
    expect(messagesOf(wrong)).toEqual([
      expect.stringMatching(/^signers\.yaml:6: people\[0\]\.keys\[0\]\.untill: .*did you mean "until"/),
      expect.stringMatching(/^signers\.yaml:9: people\[1\]\.roles\[0\]: .*did you mean "product-lead"/),
      expect.stringMatching(/^signers\.yaml:12: people\[1\]\.keys\[0\]\.from: .*must be a date/),
      expect.stringMatching(/^signers\.yaml:14: evidence\[0\]\.key: .*must be a public key/),
    ]);
  });

  it.each([
    ["one key for two people", yaml.replace(other.line, mine.line), 12, "is that of priya too"],
    ["a person's key for evidence", yaml.replace(ci.line, mine.line), 14, "is that of priya too"],
    ["one key with another comment", yaml.replace(other.line, `${mine.line}x`), 12, "is that of priya too"],
    [
      "one person in two roles",
      yaml.replace("person: lucia", "person: priya"),
      8,
      "must be once, with all roles",
    ],
    [
      "an end before the beginning",
      yaml.replace("2026-06-30", "2025-06-30"),
      6,
      "must be the same day or later",
    ],
    ["a touch of a key in software", yaml.replace(device.line, testKey().line), 7, "nobody touches"],
    ["evidence by nobody", yaml.replace(` key: ${ci.line},`, ""), 14, "a key or an identity"],
    ["a key cut short", yaml.replace(mine.line, mine.line.slice(0, 40)), 6, "must be a public key"],
    [
      "a private key",
      yaml.replace(mine.line, "-----BEGIN OPENSSH PRIVATE KEY-----"),
      6,
      "must be a public key",
    ],
    ["an empty file", "", 1, "must be a map with people, evidence"],
    [
      "a duplicate key",
      yaml.replace("roles: [tech-lead]", "roles: [tech-lead]\n    roles: [cto]"),
      4,
      "not valid YAML",
    ],
  ])("refuses %s", (_, text, line, reason) => {
    const messages = messagesOf(text);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(new RegExp(`^signers\\.yaml:${line}: .*${reason}`));
  });
});

describe("a person's signature", () => {
  const judge = (key: typeof mine, signedAt: string, now: string, options = {}) => {
    const signature = verifySshSignature(Buffer.from("x"), key.sign("x", "n", options), "n");
    if ("problem" in signature) return signature;
    return personSigner(signersOf(yaml), signature, new Date(signedAt), new Date(now));
  };

  it("counts from the first day of the key to the end of its last", () => {
    for (const time of ["2026-01-05T00:00:00Z", "2026-06-30T23:59:59Z"]) {
      expect(judge(mine, time, time)).toHaveProperty("person", "priya");
    }
    for (const time of ["2026-01-04T23:59:59Z", "2026-07-01T00:00:00Z"]) {
      expect(judge(mine, time, time)).toHaveProperty("problem");
    }
  });

  it.each([
    [
      "a key that has expired",
      mine,
      "2026-07-02",
      "2026-07-02",
      {},
      "had expired on 2026-06-30 when it signed",
    ],
    [
      "an expired key, backdated",
      mine,
      "2026-06-01",
      "2026-07-02",
      {},
      "has expired on 2026-06-30, whenever",
    ],
    ["a key before its time", device, "2026-06-30", "2026-07-02", {}, "counts from 2026-07-01 on"],
    ["a revoked key", other, "2026-05-02", "2026-05-02", {}, "was revoked on 2026-05-01"],
    ["a revoked key, backdated", other, "2026-04-01", "2026-05-01", {}, "was revoked on 2026-05-01"],
    ["a security key untouched", device, "2026-07-02", "2026-07-02", { touch: false }, "without a touch"],
    [
      "a key for evidence",
      ci,
      "2026-07-02",
      "2026-07-02",
      {},
      "for evidence of portal, which is no person's",
    ],
    ["a key of nobody", testKey(), "2026-07-02", "2026-07-02", {}, "which is not in signers.yaml"],
  ])("is refused by %s", (_, key, signedAt, now, options, reason) => {
    const found = judge(key, `${signedAt}T10:00:00Z`, `${now}T10:00:00Z`, options);
    expect(found).toHaveProperty("problem", expect.stringContaining(reason));
  });

  it("counts by a key whose revocation is yet to come", () => {
    expect(judge(other, "2026-04-01T10:00:00Z", "2026-04-30T23:59:59Z")).toHaveProperty("person", "lucia");
  });
});

describe("a service's evidence", () => {
  const time = new Date("2026-03-02T10:00:00Z");
  const by = (subject: string, issuer = identity.issuer) =>
    evidenceSigner(signersOf(yaml), "portal", { issuer, subject }, time, time);

  it("is signed by the identity that is listed, and by nothing that resembles it", () => {
    expect(by(identity.subject)).toHaveProperty("service", "portal");
    for (const subject of [
      `${identity.subject}-2`,
      identity.subject.replace("example/portal/", "example/portal-fork/"),
      identity.subject.replace("example/", "somebody/"),
      identity.subject.replace("github.com", "githubxcom"),
      ".*",
      "",
    ]) {
      expect(by(subject), subject).toHaveProperty("problem");
    }
    expect(by(identity.subject, "https://accounts.example.com")).toHaveProperty("problem");
  });

  it("is signed for the service that the key is listed for", () => {
    const [type, base64] = ci.line.split(" ");
    const key = { publicKey: `${type} ${base64}`, fingerprint: "SHA256:x" };
    expect(evidenceSigner(signersOf(yaml), "portal", key, time, time)).toHaveProperty("service", "portal");
    expect(evidenceSigner(signersOf(yaml), "api", key, time, time)).toHaveProperty(
      "problem",
      expect.stringContaining("which signs evidence of portal alone"),
    );
  });
});

it("no change of a character crashes the reader", () => {
  fc.assert(
    fc.property(fc.nat(yaml.length - 1), fc.constantFrom(..."aZ09+/{}[],:\"'#-\n &*!"), (at, character) => {
      const { value, issues } = readSigners(yaml.slice(0, at) + character + yaml.slice(at + 1));
      expect(value === undefined).toBe(issues.length > 0);
    }),
    { numRuns: 1_000 },
  );
});
