import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SiteRecord } from "../../../../../readiness/proofs/evidence/formats/site-probe/record.ts";
import { siteProbes, siteTransport } from "../../../../../readiness/proofs/evidence/formats/site-probe.ts";
import { Authority } from "../../../evidence/probe/authority.ts";
import {
  type Change,
  changed,
  faults,
  firstOf,
  firstPage,
  host,
  lookAt,
} from "../../../evidence/probe/site.ts";
import { fileOf, problemOf, reading } from "./support.ts";

let authority: Authority;
let good: SiteRecord;
/** Of another name, and by the same authority. */
let other: SiteRecord;

beforeAll(async () => {
  authority = new Authority();
  good = await lookAt({ certificate: authority.issue([host]) }, { ca: authority.root });
  other = await lookAt({ certificate: authority.issue(["www.example.org"]) }, { ca: authority.root });
});
afterAll(() => authority.remove());

it("a record says who looked when, at which commit", () => {
  const { startedAt, finishedAt, commit } = good;
  expect(reading(siteTransport, fileOf(good))).toMatchObject({
    tool: "site-probe",
    startedAt,
    finishedAt,
    commit,
  });
  expect(siteProbes.map(({ name, kind }) => [name, kind])).toEqual([
    ["site-transport", "transport"],
    ["site-headers", "headers"],
  ]);
});

describe("a record is refused", () => {
  const cases: readonly [name: string, Change, RegExp][] = [
    ["of another version", (r) => Object.assign(r, { format: "site-probe-2.0" }), /^it is not this format/],
    ["with something more", (r) => Object.assign(r, { verdict: "A+" }), /^it is not this format/],
    [
      "without a page",
      (r) => {
        r.pages = [];
      },
      /pages: Too small/,
    ],
    [
      "with a page twice",
      (r) => {
        r.pages.push(firstPage(r));
      },
      /a page is there twice/,
    ],
    [
      "without a version of TLS",
      (r) => {
        r.handshakes.splice(0, 1, ...r.handshakes.slice(1, 2));
      },
      /a TLS version is missing/,
    ],
    [
      "that ended before it began",
      (r) => {
        r.finishedAt = "2020-01-01T00:00:00Z";
      },
      /finished before it started/,
    ],
    [
      "of a page that nothing is said of",
      (r) => {
        firstPage(r).plain = { exchanges: [], failure: null };
      },
      /nothing is said of http:/,
    ],
    [
      "of an answer by somebody else",
      (r) => {
        firstOf(r).url = "https://www.example.com/";
      },
      /does not follow from what is before it/,
    ],
    [
      "with a redirect that was not followed",
      (r) => {
        firstPage(r).plain.exchanges.pop();
      },
      /was not followed/,
    ],
    [
      "with a failure after the end",
      (r) => {
        firstPage(r).secure.failure = { phase: "answer", code: "x" };
      },
      /was not to be asked/,
    ],
    [
      "of HTTPS without a certificate",
      (r) => {
        firstOf(r).certificate = null;
      },
      /must have a certificate/,
    ],
    [
      "of an origin with more to it",
      (r) => {
        r.origin = `https://${host}/`;
      },
      /must be https:..portal.example.com$/,
    ],
    [
      "with another certificate",
      (r) => {
        r.handshakes = other.handshakes as typeof r.handshakes;
      },
      /another certificate than the handshakes/,
    ],
    [
      "with a certificate that is none",
      (r) => {
        (r.handshakes[3] ?? r.handshakes[2])?.certificates.push("AAAA");
      },
      /certificate of TLSv1.3 is none/,
    ],
    [
      "with an issuer that is not",
      (r) => {
        r.handshakes[3]?.certificates.splice(1, 1);
      },
      /is not of the issuer beside it/,
    ],
    [
      "with a handshake of neither kind",
      (r) => {
        Object.assign(r.handshakes[3] ?? {}, { failure: "x" });
      },
      /either certificates or a failure/,
    ],
  ];
  it.each(cases)("%s", (_, change, problem) => {
    const found = siteProbes.map((format) => problemOf(format, fileOf(changed(change, good))));
    expect(found.find((p) => p !== null)).toMatch(problem);
    for (const said of found) expect(said ?? "").not.toMatch(/\p{Cc}/u);
  });
});

describe("a refusal of old TLS", () => {
  it.each([
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", undefined],
    ["EPROTO: tlsv1 alert protocol version", undefined],
    ["ECONNRESET", undefined],
    ["ERR_SSL_NO_PROTOCOLS_AVAILABLE", "whether TLSv1 is refused could not be seen"],
    ["ETIMEDOUT", "whether TLSv1 is refused could not be seen"],
    ["ECONNREFUSED", "whether TLSv1 is refused could not be seen"],
  ])("is the site's own: %s", (failure, observed) => {
    const record = changed((r) => Object.assign(r.handshakes[0] ?? {}, { failure }), good);
    expect(faults(record).transport?.observed).toBe(observed);
  });
});
