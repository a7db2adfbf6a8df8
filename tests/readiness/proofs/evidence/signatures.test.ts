/** Whose word evidence is: signatures, keys and identities. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EvidenceInput } from "../../../../readiness/proofs/evidence/findings.ts";
import { testKey } from "../signing.ts";
import { issuer, signedAt, sigstore, subject } from "../sigstore.ts";
import { good } from "./measures.ts";
import { build, type Case, expectRefusal, refusal } from "./refusal.ts";
import { keys, Shelf, signersWith } from "./shelf.ts";

const cases: readonly Case[] = [
  ["no signature", () => build({ key: null }), "it is not signed"],
  [
    "a signature for something else",
    () => build({ namespace: "file" }),
    'a signature made for the namespace "file", not "production-readiness-evidence"',
  ],
  [
    "a signature by a stranger",
    () => build({ key: testKey() }),
    /^a signature by the key SHA256:.*, which is not in signers.yaml$/,
  ],
  ["a signature by a person", () => build({ key: keys.priya }), /which is not in signers.yaml$/],
  [
    "a signature without a touch",
    () => {
      const key = testKey("ssh:");
      return build({
        key: { ...key, sign: (message, namespace) => key.sign(message, namespace, { touch: false }) },
      });
    },
    "a signature that a security key made without a touch",
  ],
  [
    "a signature over something else",
    () => {
      const shelf = new Shelf();
      const path = shelf.put("PRE-03", { measures: [good.command] });
      writeFileSync(path, readFileSync(path, "utf8").replace("0.1.0", "0.2.0"));
      return shelf;
    },
    /^a signature/,
  ],
  [
    "a signature that is none",
    () => {
      const shelf = new Shelf();
      writeFileSync(`${shelf.put("PRE-03", { measures: [good.command] })}.sig`, "signed");
      return shelf;
    },
    "a signature that is not an armoured SSH signature",
  ],
  [
    "a bundle that is none beside a signature",
    () => {
      const shelf = new Shelf();
      writeFileSync(`${shelf.put("PRE-03", { measures: [good.command] })}.sigstore.json`, "{}");
      return shelf;
    },
    /^a Sigstore bundle, for which the project has no trusted root/,
  ],
];

describe("refused", () => {
  it.each(cases)("%s", async (_, shelf, observed) => {
    await expectRefusal(shelf(), observed);
  });
});

describe("keys", () => {
  it.each([
    [
      "that has expired, though the statement is older",
      ", until: 2026-03-01",
      /^a signature by the key .*, which had expired|has expired on 2026-03-01/,
    ],
    ["that was revoked since", ", revoked: 2026-03-02", /which was revoked on 2026-03-02$/],
  ])("one %s counts for nothing", async (_, more, observed) => {
    expect((await refusal(build({}), { signers: signersWith(more) }))?.observed).toMatch(observed);
  });

  it("one that expires today still counts", async () => {
    expect(await refusal(build({}), { signers: signersWith(", until: 2026-03-02") })).toBeUndefined();
  });

  it("one that counts from tomorrow on does not count yet", async () => {
    const { evidence } = signersWith();
    const signers = { people: [], evidence: evidence.map((e) => ({ ...e, from: "2026-03-03" })) };
    expect((await refusal(build({}), { signers }))?.observed).toMatch(
      /counts from 2026-03-03 on, not on 2026-03-02$/,
    );
  });

  it("one of another service does not count", async () => {
    const { evidence } = signersWith();
    const signers = { people: [], evidence: evidence.filter(({ service }) => service === "platform") };
    expect((await refusal(build({}), { signers }))?.observed).toMatch(
      /which signs evidence of platform alone$/,
    );
  });

  it("without signers.yaml none counts", async () => {
    expect((await refusal(build({}), { signers: undefined }))?.observed).toBe(
      "a signature, and there is no signers.yaml that says whose it may be",
    );
  });
});

describe("where unsigned evidence is accepted", () => {
  it("it counts, and its finding says so", async () => {
    const [found] = await build({ key: null }).judge({ acceptUnsigned: true, signers: undefined });
    expect(found).toMatchObject({
      outcome: "pass",
      observed: "it is not signed, which readiness:evidence accepts",
    });
  });

  it("a signature that does not hold is refused all the same", async () => {
    const found = await refusal(build({ namespace: "file" }), { acceptUnsigned: true });
    expect(found?.observed).toMatch(/namespace/);
  });
});

describe("a Sigstore bundle", () => {
  const judged = async (by: string, over: Partial<EvidenceInput> = {}, altered = "") => {
    const { bundleOf, trustedRoot } = await sigstore();
    const shelf = new Shelf();
    const path = shelf.put("PRE-03", { measures: [good.command], at: signedAt.toISOString(), key: null });
    const bundle = await bundleOf(readFileSync(path), by);
    writeFileSync(`${path}.sigstore.json`, bundle);
    if (altered) writeFileSync(path, readFileSync(path, "utf8").replace("0.1.0", altered));
    const identity = { issuer, subject };
    const signers = { people: [], evidence: [{ service: "portal", identity, from: "2026-01-05" }] };
    const later = new Date(signedAt.getTime() + 3_600_000);
    return (await shelf.judge({ signers, trustedRoot, now: later, ...over }))[0];
  };

  it("of a signer's identity is as good as a key", async () => {
    expect(await judged(subject)).toMatchObject({ outcome: "pass", observed: "" });
  });

  it.each([
    [
      "of a repository whose name begins the same",
      `${subject}-x`,
      {},
      "",
      /-x of https:.*, which is not in signers.yaml$/,
    ],
    [
      "of a fork's workflow",
      subject.replace("/example/", "/somebody/"),
      {},
      "",
      /^a signature by .*\/somebody\/portal\/.*, which is not in signers.yaml$/,
    ],
    [
      "of the workflow of a pull request",
      subject.replace("refs/heads/main", "refs/pull/7/merge"),
      {},
      "",
      /refs\/pull\/7\/merge of https:.*, which is not in signers.yaml$/,
    ],
    ["over something else", subject, {}, "0.2.0", /^a Sigstore bundle that does not hold: /],
    ["without a trusted root", subject, { trustedRoot: undefined }, "", /has no trusted root/],
  ])("%s is refused", async (_, by, over, altered, observed) => {
    expect((await judged(by, over, altered))?.observed).toMatch(observed);
  });
});
