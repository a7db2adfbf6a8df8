/** Records that somebody else keeps: what the stack asks for, held against a name server on loopback. */
import { afterEach, describe, expect, it } from "vitest";
import { verifyRecords } from "../../../readiness/proofs/evidence/formats/watch/verify-records.ts";
import { verify } from "../../../readiness/verify/verify.ts";
import { carried } from "../../../tools/fuzz/oracle.ts";
import type { Change } from "../parts/declared.ts";
import {
  type Answers,
  caa,
  cdn,
  closeAll,
  cloudfront,
  host,
  issuers,
  of,
  origin,
  right,
  seen,
} from "./kept-elsewhere.ts";

afterEach(closeAll);

describe("records that the program knows", () => {
  it("stand where the domain's are", async () => {
    const { lines } = await seen({ answers: right });
    expect(lines).toEqual([
      `pass: records ${host} A: 76.76.21.21`,
      `pass: records ${host} AAAA: none`,
      `pass: records ${host} CAA: 0 issue "letsencrypt.org", 0 issuewild ";"`,
    ]);
  });

  it.each<[string, Answers, string]>([
    [
      "a record is missing",
      { [`A ${host}`]: {} },
      `fail: records ${host} A: found none, expected 76.76.21.21: where the domain's records are kept, enter ${host} A 76.76.21.21`,
    ],
    [
      "there is no such name",
      { [`A ${host}`]: { code: "NXDOMAIN" } },
      `fail: records ${host} A: found none, expected`,
    ],
    [
      "it leads elsewhere",
      { [`A ${host}`]: of("A", host, "192.0.2.7") },
      `fail: records ${host} A: found 192.0.2.7, expected 76.76.21.21: where the domain's records are kept, enter ${host} A 76.76.21.21, and take out 192.0.2.7`,
    ],
    [
      "some are led elsewhere",
      { [`A ${host}`]: of("A", host, "76.76.21.21", "192.0.2.7") },
      "take out 192.0.2.7",
    ],
    [
      "customers of IPv6 are led elsewhere",
      { [`AAAA ${host}`]: of("AAAA", host, "2001:db8::7") },
      `fail: records ${host} AAAA: found 2001:db8::7, expected none`,
    ],
    [
      "the authority in use may not issue",
      { [`CAA ${host}`]: issuers("ca.example.net") },
      `enter ${host} CAA 0 issue "letsencrypt.org", and take out 0 issue "ca.example.net"`,
    ],
    ["everybody may issue", { [`CAA ${host}`]: {} }, `fail: records ${host} CAA: found none`],
    [
      "anybody may issue wildcards",
      { [`CAA ${host}`]: { records: [caa("issue", "letsencrypt.org")] } },
      `enter ${host} CAA 0 issuewild ";"`,
    ],
    [
      "name servers fail",
      { [`A ${host}`]: { code: "SERVFAIL" } },
      `unknown: records ${host} A: its name servers fail (SERVFAIL)`,
    ],
    [
      "name servers refuse",
      { [`CAA ${host}`]: { code: "REFUSED" } },
      `unknown: records ${host} CAA: its name servers refuse`,
    ],
    [
      "name servers stay silent",
      { [`A ${host}`]: undefined },
      `unknown: records ${host} A: no name server answers; expected 76.76.21.21`,
    ],
  ])("are named where %s", async (_, other, said) => {
    const { lines, status } = await seen({ answers: { ...right, ...other } });
    expect(lines.filter((line) => line.includes(said))).not.toEqual([]);
    expect(status).toBe(1);
  });

  it("may be limited for all names below a zone's", async () => {
    const parent = { "CAA example.com": issuers("letsencrypt.org"), [`CAA ${host}`]: {} };
    const { lines } = await seen({ answers: { ...right, ...parent } });
    expect(lines.at(-1)).toMatch(/^pass: records portal\.example\.com CAA/);
  });
});

describe("records that a deployment has made known", () => {
  const records = [
    { name: "_0a1b.portal.example.com.", type: "CNAME", value: "_2c3d.acm-validations.aws." },
    { name: host, type: "CNAME", value: cdn },
    { name: origin, type: "CNAME", value: "cname.vercel-dns.com" },
    { name: host, type: "CAA", value: '0 issue "amazon.com"' },
    { name: host, type: "CAA", value: '0 issue "letsencrypt.org"' },
    { name: host, type: "CAA", value: '0 issuewild ";"' },
  ];
  const answers: Answers = {
    [`A ${host}`]: { ...of("A", host, "127.0.0.1"), validated: true },
    [`CNAME _0a1b.${host}`]: of("CNAME", `_0a1b.${host}`, "_2C3D.acm-validations.aws"),
    [`CNAME ${host}`]: of("CNAME", host, cdn),
    [`CNAME ${origin}`]: of("CNAME", origin, "cname.vercel-dns.com"),
    [`CAA ${host}`]: issuers("amazon.com", "letsencrypt.org"),
  };
  const given = { change: cloudfront, outputs: { dnsRecords: records } };

  it("are unknown before, and the report says what to give", async () => {
    const { lines, report } = await seen({ change: cloudfront, answers });
    expect(lines).toEqual([expect.stringMatching(/^unknown: records .*: give --state with what/)]);
    expect(report?.records).toEqual([]);
    const { stdout } = await seen({ change: cloudfront, answers });
    expect(verifyRecords.read({ path: "r", bytes: Buffer.from(stdout) })).toMatchObject({
      problem: expect.stringContaining("no record was looked up"),
    });
  });

  it("stand, whatever the dots and capitals; and the report is evidence of it", async () => {
    const { lines, stdout } = await seen({ ...given, answers });
    expect(lines.map((line) => line.split(":", 1)[0])).toEqual(["pass", "pass", "pass", "pass"]);
    expect(verifyRecords.read({ path: "r", bytes: Buffer.from(stdout) })).toMatchObject({
      tool: "verify",
      measure: { kind: "records", signed: true, records: lines.map(() => ({ outcome: "pass" })) },
    });
  });

  it("whose verdict was edited are judged by what was answered", async () => {
    const wrong = { ...answers, [`CNAME ${host}`]: of("CNAME", host, "old.example.net") };
    const { stdout } = await seen({ ...given, answers: wrong });
    const edited = stdout.replaceAll('"fail"', '"pass"');
    const reading = verifyRecords.read({ path: "r", bytes: Buffer.from(edited) });
    const { records: read } = (reading as { measure: { records: readonly { outcome: string }[] } }).measure;
    expect(read.map(({ outcome }) => outcome)).toEqual(["pass", "fail", "pass", "pass"]);
  });

  it.each<[string, Answers, string]>([
    [
      "its vendor answers with the addresses",
      { [`A ${cdn}`]: of("A", cdn, "127.0.0.1") },
      "pass: records portal.example.com CNAME: answers with addresses",
    ],
    [
      "they are other addresses",
      { [`A ${cdn}`]: of("A", cdn, "192.0.2.9") },
      "unknown: records portal.example.com CNAME",
    ],
    [
      "there is no address either",
      { [`A ${host}`]: {} },
      "fail: records portal.example.com CNAME: found none",
    ],
  ])("where a name has no CNAME, and %s", async (_, other, said) => {
    const { lines } = await seen({ ...given, answers: { ...answers, [`CNAME ${host}`]: {}, ...other } });
    expect(lines.filter((line) => line.startsWith(said))).toHaveLength(1);
  });

  it("are another stack's, or not exported", async () => {
    const other = await seen({ ...given, answers, stack: "staging" });
    expect([other.status, other.stderr]).toEqual([
      2,
      expect.stringContaining("is of staging, must be of prod"),
    ]);
    const none = await seen({ change: cloudfront, outputs: {}, answers });
    expect(none.lines).toEqual([expect.stringContaining("has no output dnsRecords")]);
  });
});

describe("a zone of Route 53", () => {
  const route53: Change = () => ({});
  const outputs = { nameServers: ["ns-1.awsdns-01.org", "ns-2.awsdns-02.com"] };

  it("is led to by its parent", async () => {
    const answers = { [`NS ${host}`]: of("NS", host, ...outputs.nameServers) };
    const { lines } = await seen({ change: route53, outputs, answers });
    expect(lines).toEqual([`pass: delegation ${host} NS: ${outputs.nameServers.join(", ")}`]);
  });

  it.each<[string, Answers, string]>([
    [
      "is not delegated",
      { "NS example.com": of("NS", "example.com", "ns.example.net") },
      `fail: delegation ${host} NS: found none`,
    ],
    [
      "is delegated elsewhere",
      { [`NS ${host}`]: of("NS", host, "ns.example.net") },
      "found ns.example.net, expected ns-1.awsdns-01.org",
    ],
    ["cannot be asked", { [`NS ${host}`]: { code: "SERVFAIL" } }, `unknown: delegation ${host} NS`],
  ])("%s", async (_, answers, said) => {
    const { lines } = await seen({ change: route53, outputs, answers });
    expect(lines).toEqual([expect.stringContaining(said)]);
  });

  it("of a name above the domain's is asked by that name", async () => {
    const change: Change = () => ({ "readiness:dns": { kind: "route53", zoneId: "Z0123456789ABCDEFGHIJ" } });
    const answers = { "NS example.com": of("NS", "example.com", ...outputs.nameServers) };
    expect((await seen({ change, outputs, answers })).lines).toEqual([
      expect.stringMatching(/^pass: delegation/),
    ]);
    // Before anybody has told which they are.
    expect((await seen({ change, answers })).lines).toEqual([]);
  });
});

it("a state of nobody's stack is refused", async () => {
  const { status, stderr } = await carried(() =>
    verify(
      {
        url: "http://127.0.0.1:1/",
        state: "s.json",
        phase: "smoke",
        samples: 0,
        waitSeconds: 0,
        browser: false,
        perMinute: 60,
        folder: "verify",
        format: "json",
      },
      ".",
    ),
  );
  expect([status, stderr]).toEqual([2, expect.stringContaining("--state is of a stack")]);
});
