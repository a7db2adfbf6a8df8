/** Whatever a team chooses is refused at once, in lines that say what to change, or is ready as far as it is declared. */
import { expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { assess } from "../../../readiness/assess.ts";
import { readStackFile } from "../../../readiness/inputs/stack-file.ts";
import { fixtures } from "../project.ts";
import {
  type Combination,
  choicesOfParts,
  contradictions,
  pairwise,
  toldOf,
  written,
} from "./combinations.ts";
import { changed, open } from "./declared.ts";

const { config } = readStackFile(fixtures, "prod");
const settings = Object.fromEntries(
  Object.entries(config).map(([key, value]) => [key, /^[[{]/.test(value) ? JSON.parse(value) : value]),
);

/** What is wrong with production's config of a combination. */
function issuesOf(c: Combination): readonly string[] {
  const raw = Object.entries({ ...settings, ...written(c)(settings, "prod") });
  const texts = raw.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
  return checkConfig("prod", Object.fromEntries(texts)).issues.map((i) => `${i.path}: ${i.message}`);
}

it("what contradicts itself is refused, a line for each fault with what to write instead, and nothing else is", () => {
  const refused = choicesOfParts().map((c) => [c, issuesOf(c)] as const);
  const wrong = refused.filter(([c, issues]) => issues.length > 0 !== contradictions(c).length > 0);
  expect(wrong).toEqual([]);
  const said = new Set(refused.flatMap(([, issues]) => issues));
  for (const line of said) expect(line).toMatch(/^readiness:[\w.[\]]+: (found|missing).*, must be [^\n]+$/);
  expect(said.size).toBeGreaterThan(8);
});

const commit = Promise.resolve({ id: null, reason: "a test's" } as const);

/** Pages of one outage are one call with an add-on that not everybody buys: a failure that is waived. */
const unpaid = ({ plan, tier }: Combination) => (plan === "pro" && tier === "prod" ? /\(PAGE-06\)/ : /(?!)/);

it.each(pairwise().map((c) => [Object.values(c).join(", "), c] as const))("%s", async (_, c) => {
  const report = await assess(changed(written(c), toldOf(c)), c.tier, commit, "release");
  expect(open(report).filter((said) => !unpaid(c).test(said))).toEqual([]);
  if (c.tier === "staging") expect(report.verdict).toBe("GO");
});
