/** What a team sets in Pulumi's policy config: how strict, how high, and only what exists. */
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { levelOf } from "../../policies/pack-config.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { Analyzer } from "./support/analyzer.ts";
import { bucket, key } from "./support/pack/rules.ts";
import { declared } from "./support/stack.ts";

let pack: Analyzer;
beforeAll(async () => {
  pack = await Analyzer.start(join(import.meta.dirname, "support/pack"), { stack: "prod", preview: false });
});
afterAll(() => pack.stop());
beforeEach(() => configured({}));

const root = declared("pulumi:pulumi:Stack", {}, { name: "stack" });
const someKey = declared(key.token, {}, { name: "some-key" });
const kept = (days: number) =>
  declared(bucket.token, { size: 1, days }, { name: "kept", propertyDependencies: { key: [someKey.urn] } });
const big = declared(
  bucket.token,
  { size: 2 },
  { name: "big", propertyDependencies: { key: [someKey.urn] } },
);

type Properties = Parameters<Analyzer["configure"]>[1];

/** Sets the config, and lets the pack see it as the engine does: with the root stack resource. */
async function configured(properties: Properties): Promise<readonly string[]> {
  await pack.configure("readiness-resource", properties);
  return told(await pack.analyze(root));
}

function told(found: Awaited<ReturnType<Analyzer["analyze"]>>): readonly string[] {
  return found.map(({ level, message }) => `${level} ${message.split("\n").at(-1)}`);
}

const analyze = async (resource: Registration) => told(await pack.analyze(resource));

describe("levels", () => {
  it.each([
    [{}, "advisory"],
    [{ "GOV-01": "mandatory" }, "mandatory"],
  ] as const)("of what the verdict alone waits for are, with %o, %s", (levels, expected) => {
    expect(levelOf({ levels }, { id: "launched", item: "GOV-01", advisory: true })).toBe(expected);
    expect(levelOf({ levels }, { id: "launched", item: "GOV-01" })).toBe("mandatory");
  });

  it.each([["bucket-sized"], ["GOV-01"], ["Governance"]])(
    "of %s make an advice of a violation",
    async (name) => {
      expect(await configured({ levels: { [name]: "advisory" } })).toEqual([]);
      expect(await analyze(big)).toEqual([
        expect.stringMatching(/^advisory big: size is 2.*\[bucket-sized\]$/),
      ]);
    },
  );

  it("of a rule go before those of its section", async () => {
    await configured({ levels: { Governance: "disabled", "bucket-sized": "mandatory" } });
    expect(await analyze(big)).toEqual([expect.stringMatching(/^mandatory big: size is 2/)]);
  });

  it("hold for the whole stack, too", async () => {
    await configured({ levels: { "stack-without-keys": "disabled" } });
    const found = told(await pack.analyzeStack([someKey, kept(7)]));
    expect(found.filter((text) => text.includes("some-key"))).toEqual([]);
  });

  it("of what nothing is called are refused, or they would hold for nothing", async () => {
    expect(await configured({ levels: { "bucket-size": "disabled" } })).toEqual([
      expect.stringMatching(
        /^mandatory .*there is no section, item or rule "bucket-size"; did you mean "bucket-sized"\?$/,
      ),
    ]);
  });
});

describe("floors", () => {
  it("may rise", async () => {
    expect(await analyze(kept(7))).toEqual([]);
    await configured({ floors: { "bucket-kept": 14 } });
    expect(await analyze(kept(7))).toEqual([expect.stringMatching(/kept: days is 7 days, must be ≥ 14/)]);
    expect(await analyze(kept(14))).toEqual([]);
  });

  it("may not fall", async () => {
    await configured({ floors: { "bucket-kept": 3 } });
    expect(await analyze(kept(30))).toEqual([
      expect.stringMatching(/^mandatory .*floors: bucket-kept is 3, must be ≥ 7/),
    ]);
  });

  it("of a rule without a number are refused", async () => {
    expect(await configured({ floors: { "bucket-sized": 3 } })).toEqual([
      expect.stringMatching(/^mandatory .*there is no rule with a number of its own "bucket-sized"/),
    ]);
  });
});

it("says nothing of what is missing where only what exists is asked", async () => {
  const missing = (found: readonly string[]) =>
    found.filter((text) => text.includes("no Bucket is declared"));
  expect(missing(told(await pack.analyzeStack([someKey])))).not.toEqual([]);
  await configured({ mode: "existing" });
  const found = told(await pack.analyzeStack([someKey]));
  expect(found).toEqual([expect.stringContaining("some-key: declared, must be absent")]);
});

it("asks of what exists what its rules ask of anybody's program, and of no convention", async () => {
  expect(await analyze(big)).toEqual([expect.stringMatching(/size is 2, must be 1/)]);
  await configured({ mode: "existing" });
  expect(await analyze(big)).toEqual([]);
  const bigger = declared(bucket.token, { size: 3, policy: "{" }, { name: "bigger" });
  expect(await analyze(bigger)).toEqual([expect.stringMatching(/size is 3, must be ≤ 2.*\[bucket-sized\]$/)]);
});
