/** The teams that the product is for, each with its whole config: what one buys, another has already or does without. */
import { expect, it } from "vitest";
import { type Change, judged, open, withoutObject } from "./parts/declared.ts";
import { fourPeople, threePeople } from "./parts/teams.ts";

it.each<[string, Change, readonly string[], readonly string[]]>([
  [
    "four people with Vercel Pro, Cloudflare, a database that is there already, and Sentry",
    fourPeople,
    ["cache", "edge", "DNS"],
    ["PAGE-06"],
  ],
  [
    "three people with Neon and Teams, nearly without AWS",
    threePeople,
    ["cache", "database", "network", "chat", "watch outside Datadog"],
    ["PAGE-06"],
  ],
  ["seven people with all of it", () => ({}), [], []],
])("%s: staging is GO, and production lacks nothing that is declared", async (_, change, without, known) => {
  const { staging, prod } = await judged(change);
  expect(open(staging)).toEqual([]);
  expect(staging.verdict).toBe("GO");
  expect(open(prod).filter((said) => !known.some((item) => said.includes(`(${item})`)))).toEqual([]);
  const reasons = Object.keys(withoutObject(prod)).join("; ");
  for (const part of without) expect(reasons).toContain(part);
  const counted = staging.reasons.filter((reason) => /not applicable/.test(reason));
  expect(counted.length > 0).toBe(without.length > 0);
});
