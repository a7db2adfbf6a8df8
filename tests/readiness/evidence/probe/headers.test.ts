import { afterAll, beforeAll, expect, it } from "vitest";
import type { HeadersMeasure } from "../../../../model/evidence/measure.ts";
import { siteHeaders } from "../../../../readiness/proofs/evidence/formats/site-probe.ts";
import { Authority, type Certificate } from "./authority.ts";
import { answer, faults, goodHeaders, host, lookAt, measure } from "./site.ts";

let authority: Authority;
let certificate: Certificate;

beforeAll(() => {
  authority = new Authority();
  certificate = authority.issue([host]);
});
afterAll(() => authority.remove());

type Headers = Record<string, string | string[]>;

async function look(headers: Headers, body?: string) {
  const record = await lookAt({ certificate, secure: answer(headers, body) }, { ca: authority.root });
  return { record, fault: faults(record).headers };
}

const without = (...names: (keyof typeof goodHeaders)[]): Headers =>
  Object.fromEntries(Object.entries(goodHeaders).filter(([name]) => !(names as string[]).includes(name)));

it.each([
  [["content-security-policy"], "B (75): no Content-Security-Policy (-25)"],
  [["strict-transport-security"], "B+ (80): no Strict-Transport-Security (-20)"],
  [
    ["content-security-policy", "x-frame-options"],
    "C (55): no Content-Security-Policy (-25), neither X-Frame-Options",
  ],
] as const)("a site without %j is not graded A+", async (names, observed) => {
  const { fault } = await look(without(...names));
  expect(fault?.observed).toContain(`https://${host}/ is graded ${observed}`);
  expect(fault?.observed).toContain(", and 1 other page below A+");
  expect(fault?.wanted).toBe("A+ (100 or more)");
});

it("small faults are made up for by bonuses, and not where there are none", async () => {
  expect((await look(without("x-content-type-options"))).fault).toBeUndefined();
  const bare = without("x-content-type-options", "referrer-policy", "cross-origin-resource-policy");
  bare["content-security-policy"] = "default-src 'self'; style-src 'unsafe-inline'";
  expect((await look(bare)).fault?.observed).toMatch(/graded A \(95\): no X-Content-Type-Options \(-5\)/);
});

it("the worst page counts", async () => {
  const secure: Parameters<typeof lookAt>[0]["secure"] = (request, response) =>
    answer(request.url === "/login" ? without("strict-transport-security") : goodHeaders)(request, response);
  const record = await lookAt({ certificate, secure }, { ca: authority.root });
  expect((measure(record, siteHeaders) as HeadersMeasure).pages.map(({ grade }) => grade)).toEqual([
    "A+",
    "B+",
  ]);
  expect(faults(record).headers?.observed).toMatch(/^https:..portal.example.com\/login is graded B\+/);
});

it("plain HTTP that does not redirect costs points too", async () => {
  const record = await lookAt({ certificate, plain: answer() }, { ca: authority.root });
  expect(faults(record).headers?.observed).toMatch(/B\+ \(80\): no redirect from HTTP to HTTPS \(-20\)/);
});

it("a site that lets every origin read as its visitor is told", async () => {
  const { record, fault } = await look({
    ...goodHeaders,
    "access-control-allow-origin": "https://readiness.invalid",
    "access-control-allow-credentials": "true",
  });
  expect(record.asOrigin).toBe("https://readiness.invalid");
  expect(fault?.observed).toMatch(/C \(50\): shared with every origin, credentials included \(-50\)/);
});

it("cookies and scripts of a page are looked at", async () => {
  const session = { ...goodHeaders, "set-cookie": ["a=1; Secure; SameSite=Lax", "session=1; Secure"] };
  expect((await look(session)).fault?.observed).toMatch(/B \(70\): session cookie without HttpOnly \(-30\)/);
  const foreign = '<script src="http://cdn.example/a.js"></script>';
  expect((await look(goodHeaders, foreign)).fault?.observed).toMatch(/without integrity \(-50\)/);
});
