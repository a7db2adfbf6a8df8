import { describe, expect, it } from "vitest";
import { messageOf } from "../../../../model/finding.ts";
import { digestOf } from "../../../../readiness/proofs/canonical.ts";
import type { SignOffInput } from "../../../../readiness/proofs/sign-offs/input.ts";
import {
  autumn,
  beforeWindow,
  files,
  inAutumn,
  judge,
  keys,
  otherRelease,
  release,
  signed,
  signersFrom,
  signersWith,
  signOffOf,
  spec,
  training,
  window,
} from "../house.ts";
import { testKey } from "../signing.ts";

const cto = { item: "GO-03", person: "helen", role: "cto" } as const;

describe("is refused, and says why:", () => {
  it.each<[string, SignOffInput["signOffs"], Partial<SignOffInput>, RegExp]>([
    ["another namespace", [signed(signOffOf(), keys.priya, "git")], {}, /made for the namespace "git"/],
    ["an unknown key", [signed(signOffOf(), testKey())], {}, /SHA256:\S+, which is not in signers\.yaml/],
    [
      "an expired key",
      files({}),
      { signers: signersWith({ priya: ", until: 2026-03-01" }) },
      /a key of priya that had expired on 2026-03-01 when it signed/,
    ],
    [
      "an expired key, backdated",
      files({ at: "2026-03-01T08:30:00Z" }),
      { signers: signersWith({ priya: ", until: 2026-03-01" }) },
      /has expired on 2026-03-01, whenever it signed/,
    ],
    [
      "a revoked key",
      files({}),
      { signers: signersWith({ priya: ", revoked: 2026-03-02" }) },
      /was revoked on 2026-03-02/,
    ],
    [
      "a security key without a touch",
      [signed(signOffOf(cto), keys.helen, undefined, { touch: false })],
      {},
      /helen's security key made without a touch/,
    ],
    [
      "another stack's",
      files({ stack: "staging" }),
      {},
      /a sign-off for the stack staging, must be one for prod/,
    ],
    ["another release's", files({ release: digestOf(otherRelease) }), {}, /for another release \(\w{12}\)/],
    ["no release", files({}), { release: undefined }, /without a release that can be used/],
    [
      "a window that is over",
      files({}),
      { now: new Date("2026-03-02T12:00:01Z") },
      /a window that closed at/,
    ],
    [
      "signed too far ahead",
      files({ at: "2026-02-23T07:59:59Z" }),
      {},
      /signed at 2026-02-23T07:59:59Z for a window that opens at/,
    ],
    [
      "deploying before the window",
      files(window),
      { ...beforeWindow, deploying: true, ...earlier() },
      /opens at/,
    ],
    [
      "a window that closed with the second 01:30 of an autumn night",
      files(inAutumn),
      { release: autumn, now: new Date("2026-10-25T01:30:01Z") },
      /closed at 2026-10-25T01:30:00\+00:00/,
    ],
    [
      "a report that has changed",
      files({}),
      { reportDigest: digestOf("since") },
      /a report that has changed since/,
    ],
    ["no-go", files({ decision: "no-go" }), {}, /priya said no-go at 2026-03-02T08:30:00Z, must be go/],
    ["withdrawn", files({ decision: "withdraw" }), {}, /priya withdrew it/],
    [
      "another's role, by their own key",
      files({ ...cto, person: "priya" }),
      {},
      /priya signs as cto, and is tech-lead in signers\.yaml/,
    ],
    [
      "another's item, in the own role",
      files({ item: "GO-03" }),
      {},
      /signed by priya as tech-lead, must be .* cto/,
    ],
    [
      "another's name",
      [signed(signOffOf(cto), keys.priya)],
      {},
      /signed by priya in the name of helen, must be signed with a key of helen/,
    ],
    [
      "a role that the config no longer gives",
      files({}),
      { people: spec.people.map((p) => ({ ...p, roles: ["on-call-engineer" as const] })) },
      /is on-call-engineer in Pulumi\.prod\.yaml/,
    ],
    [
      "who has left",
      files({}),
      { people: spec.people.filter((p) => p.id !== "priya") },
      /priya is not a person of prod/,
    ],
    [
      "the author of the infrastructure",
      files({}),
      { authors: ["Priya.Raman@Example.com"] },
      /who wrote commits/,
    ],
    ["the author of a service", files({}), withAuthor("priya.raman@example.com"), /who wrote commits/],
    [
      "a key for evidence",
      [signed(signOffOf(), keys.ci)],
      {},
      /for evidence of portal, which is no person's/,
    ],
    ["the future", files({ at: "2026-03-02T09:05:01Z" }), {}, /ahead of the clock/],
    ["an altered payload", altered('"GO-01"', '"GO-05"'), {}, /over something else/],
    ["an altered decision", altered('"go"', '"no-go"'), {}, /over something else/],
    [
      "a field more",
      altered('"version": 1,', '"version": 1, "waived": true,'),
      {},
      /no sign-off of version 1/,
    ],
    ["another version", altered('"version": 1', '"version": 2'), {}, /no sign-off of version 1/],
    [
      "no JSON",
      [{ file: "releases/prod/sign-offs/GO-02.lucia.json", text: "<html>" }],
      {},
      /: no JSON, must be/,
    ],
    [
      "too old a training",
      files({ ...training, at: "2025-03-01T09:00:00Z" }),
      withEarlyKeys(),
      /366 days ago/,
    ],
  ])("%s", (_, signOffs, over, reason) => {
    const findings = judge(signOffs, over);
    expect(findings).toMatchObject([{ kind: "sign-off", outcome: "fail" }]);
    for (const finding of findings) {
      const message = messageOf(finding, "prod");
      expect(message).toMatch(reason);
      expect(message).toMatch(
        /npm run signoff -- --stack prod --item [A-Z]+-\d\d --person \S+ --key <file>\.$/,
      );
      expect(message).not.toContain("\n");
    }
  });

  function altered(from: string, to: string): SignOffInput["signOffs"] {
    const [file] = files({});
    const text = file?.text.replace(from, to) ?? "";
    expect(text).not.toBe(file?.text);
    return [{ file: file?.file ?? "", text }];
  }

  function withAuthor(email: string): Partial<SignOffInput> {
    const { portal } = release.services;
    if (!portal) return {};
    // The digest is that of the release with its authors.
    const own = { ...release, services: { portal: { ...portal, authors: [email] } } };
    return { release: own, signOffs: files({ release: digestOf(own) }) };
  }

  function earlier(): Partial<SignOffInput> {
    return { signOffs: files({ ...window, at: "2026-03-02T07:00:00Z" }) };
  }

  function withEarlyKeys(): Partial<SignOffInput> {
    return { signers: signersFrom("2025-01-01") };
  }
});
