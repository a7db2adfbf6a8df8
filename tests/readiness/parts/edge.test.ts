import { expect, it } from "vitest";
import { run } from "../project.ts";
import { type Change, changed, judged, open, withoutObject } from "./declared.ts";

const vercel = { kind: "vercel", rateLimitPer5Minutes: 2000 };
const cloudflare = { kind: "cloudflare", zoneId: "0123456789abcdef0123456789abcdef", zone: "example.com" };

it("is Vercel's own: nothing of CloudFront is asked, and its firewall counts by address", async () => {
  const { staging, prod } = await judged(() => ({ "readiness:edge": vercel }));
  expect([open(staging), open(prod), staging.verdict]).toEqual([[], [], "GO"]);
  expect(withoutObject(prod)["the edge is vercel"]).toEqual(
    expect.arrayContaining(["EDGE-01", "EDGE-05", "EDGE-06", "EDGE-16", "APP-09", "MON-13"]),
  );
  const strange = Object.keys(staging.resources).filter((type) => /cloudfront|wafv2|:acm|s3\//.test(type));
  expect(strange).toEqual([]);
});

it.each<[string, Change, readonly string[]]>([
  [
    "Cloudflare's, behind Vercel's edge",
    () => ({ "readiness:dns": cloudflare, "readiness:edge": vercel }),
    ["EDGE-19"],
  ],
  [
    "Cloudflare's, before CloudFront",
    (config) => ({ "readiness:dns": { ...cloudflare, zone: config["readiness:domain"] } }),
    ["EDGE-19"],
  ],
  [
    "anybody's",
    () => ({ "readiness:dns": { kind: "external" } }),
    ["EDGE-13", "EDGE-14", "EDGE-18", "EDGE-19"],
  ],
])("the domain's records are %s", async (_, change, items) => {
  const { staging, prod } = await judged(change);
  expect([open(staging), open(prod), staging.verdict]).toEqual([[], [], "GO"]);
  const [reason = "", ...others] = Object.keys(withoutObject(prod)).filter((because) =>
    /DNS is/.test(because),
  );
  expect(others).toEqual([]);
  expect(withoutObject(prod)[reason]).toEqual(expect.arrayContaining([...items]));
  const taken = prod.checklist.find(({ id }) => id === "PRE-18");
  expect(taken?.standing).toBe(items.includes("EDGE-13") ? "unproven" : "not-applicable");
  expect(Object.keys(prod.resources).filter((type) => /route53\/(zone|record)/.test(type))).toEqual([]);
});

it.each<[Change, string]>([
  [
    () => ({ "readiness:dns": undefined }),
    "readiness:dns: missing, must be a map with kind: route53 | cloudflare | external",
  ],
  [
    () => ({ "readiness:edge": { kind: "fastly" } }),
    'readiness:edge.kind: found "fastly", must be one of "cloudfront", "vercel"',
  ],
  [
    () => ({ "readiness:dns": { ...cloudflare, zone: "example.org" }, "readiness:edge": vercel }),
    'readiness:dns.zone: found "example.org", must be the domain',
  ],
  [() => ({ "readiness:dns": cloudflare }), 'readiness:dns.kind: found "cloudflare", must be route53'],
  [
    ({ "readiness:services": services }) => ({
      "readiness:edge": vercel,
      "readiness:services": [
        ...(services as object[]),
        { ...(services as object[])[0], name: "shop", path: "/shop" },
      ],
    }),
    "readiness:services[1]: found a service at /shop, must be left out",
  ],
])("is refused in a line where it cannot be: %#", async (change, said) => {
  const { status, stderr } = await run(["check"], { cwd: changed(change) });
  expect(status).toBe(2);
  expect(stderr).toContain(said);
});
