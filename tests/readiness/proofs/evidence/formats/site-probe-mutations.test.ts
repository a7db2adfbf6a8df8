/** The record of a look that was harmed or damaged: unreadable, or worse, never better. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { HeadersMeasure } from "../../../../../model/evidence/measure.ts";
import type { SiteRecord } from "../../../../../readiness/proofs/evidence/formats/site-probe/record.ts";
import { siteHeaders, siteProbes } from "../../../../../readiness/proofs/evidence/formats/site-probe.ts";
import { Authority } from "../../../evidence/probe/authority.ts";
import {
  type Change,
  changed,
  faults,
  firstOf,
  firstPage,
  host,
  lookAt,
  measure,
} from "../../../evidence/probe/site.ts";
import { fileOf, problemOf } from "./support.ts";

let authority: Authority;
let good: SiteRecord;
/** Of another name. */
let bad: SiteRecord;

beforeAll(async () => {
  authority = new Authority();
  const reach = { ca: authority.root };
  good = await lookAt({ certificate: authority.issue([host]) }, reach);
  bad = await lookAt({ certificate: authority.issue(["www.example.org"]) }, reach);
});
afterAll(() => authority.remove());

const fields = [
  "format",
  "commit",
  "origin",
  "address",
  "asOrigin",
  "startedAt",
  "finishedAt",
  "handshakes",
  "pages",
  "x",
] as const;

/** The worst of everything, to compare. */
function quality(record: unknown): readonly number[] | undefined {
  if (siteProbes.some((format) => problemOf(format, fileOf(record)) !== null)) return undefined;
  const headers = measure(record, siteHeaders) as HeadersMeasure;
  return [
    Math.min(...headers.pages.map(({ problem, score }) => (problem === null ? score : -1))),
    faults(record).transport === undefined ? 1 : 0,
    faults(record).headers === undefined ? 1 : 0,
  ];
}

const protective = [
  "content-security-policy",
  "strict-transport-security",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "cross-origin-resource-policy",
  "date",
] as const;

const harm: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...protective).map(
    (name): Change =>
      (r) => {
        for (const {
          secure: { exchanges },
        } of r.pages) {
          for (const e of exchanges) e.headers = e.headers.filter(([key]) => key.toLowerCase() !== name);
        }
      },
  ),
  fc.constantFrom("session=1", "csrf=1; Secure", "a=1; SameSite=x").map(
    (cookie): Change =>
      (r) => {
        firstOf(r).headers.push(["Set-Cookie", cookie]);
      },
  ),
  fc.constantFrom(...protective).chain((name) =>
    fc.string().map(
      (value): Change =>
        (r) => {
          const header = firstOf(r).headers.find(([key]) => key.toLowerCase() === name);
          if (header) header[1] = value;
        },
    ),
  ),
  fc.constantFrom('<script src="http://a.example">', '<script src="//a.example">').map(
    (tag): Change =>
      (r) => {
        firstOf(r).scripts?.push(tag);
      },
  ),
  fc.constant<Change>((r) => {
    firstOf(r).scripts = null;
  }),
  fc.integer({ min: 400, max: 999 }).map(
    (status): Change =>
      (r) => {
        firstOf(r).status = status;
      },
  ),
  fc.integer({ min: 76, max: 4000 }).map(
    (days): Change =>
      (r) => {
        const later = (time: string) => new Date(Date.parse(time) + days * 86_400_000).toISOString();
        Object.assign(r, { startedAt: later(r.startedAt), finishedAt: later(r.finishedAt) });
      },
  ),
  fc.constantFrom(0, 1).map(
    (i): Change =>
      (r) =>
        Object.assign(r.handshakes[i] ?? {}, r.handshakes[3], { version: r.handshakes[i]?.version }),
  ),
  fc.string({ minLength: 1, maxLength: 9 }).map(
    (distrust): Change =>
      (r) =>
        Object.assign(r.handshakes[3] ?? {}, { distrust }),
  ),
  fc.constant<Change>((r) => {
    if (r.pages.length > 1) r.pages.pop();
  }),
  fc.constant<Change>((r) => {
    r.origin = "https://www.example.com";
  }),
  fc.constant<Change>((r) => {
    firstPage(r).plain.exchanges.length = 1;
    const [first] = firstPage(r).plain.exchanges;
    if (first) first.status = 200;
  }),
);

it("what harms a site never makes it better, however much of it there is", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(harm, { minLength: 1, maxLength: 4 }), (fine, changes) => {
      const site = fine ? good : bad;
      const after = quality(
        changed((record) => {
          for (const change of changes) change(record);
        }, site),
      );
      const before = quality(site) ?? [];
      return after === undefined || after.every((value, i) => value <= (before[i] ?? 0));
    }),
    { numRuns: 300 },
  );
});

it("bytes that were changed, cut or doubled are refused, or say no more good than there was", () => {
  const text = Buffer.from(JSON.stringify(good));
  const damage = fc.record({
    at: fc.integer({ min: 0, max: text.length - 1 }),
    drop: fc.integer({ min: 0, max: 60 }),
    put: fc.uint8Array({ maxLength: 20 }),
  });
  const before = Math.max(...(quality(good) ?? []));
  fc.assert(
    fc.property(damage, ({ at, drop, put }) => {
      const bytes = Buffer.concat([text.subarray(0, at), put, text.subarray(at + drop)]);
      for (const format of siteProbes) {
        const read = format.read({ path: "given", bytes });
        if ("problem" in read) expect(read.problem).not.toBe("");
        else if (read.measure.kind === "headers") {
          expect(Math.min(...read.measure.pages.map(({ score }) => score))).toBeLessThanOrEqual(before);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("a record of any other shape is refused", () => {
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.jsonValue(), (key, value) => {
      for (const format of siteProbes) {
        const read = format.read(fileOf({ ...good, [key]: value }));
        if ("problem" in read) expect(read.problem).toMatch(/^(it|its) /);
      }
    }),
  );
});
