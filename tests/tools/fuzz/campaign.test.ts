import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readEarlier } from "../../../readiness/since/earlier.ts";
import { type Campaign, campaign } from "../../../tools/fuzz/campaign.ts";
import { kinds } from "../../../tools/fuzz/kind.ts";
import { changedText, changedTree } from "../../../tools/fuzz/mutations.ts";
import { watched } from "../../../tools/fuzz/watch.ts";

/** The inputs of a campaign over stack files. */
async function inputsOf(order: Campaign): Promise<readonly unknown[]> {
  const { inputs } = await kinds.configs.load();
  const seen: unknown[] = [];
  const judge = async (input: unknown) => {
    seen.push(input);
    return undefined;
  };
  await campaign({ inputs, judge }, order);
  return seen;
}

it("gives the same inputs for the same seed, and others for another", async () => {
  const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => inputsOf({ seed, runs: 20 })));
  expect(first).toHaveLength(20);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

it("makes a finding small", async () => {
  const judge = async (text: string) => (text.includes("\0") ? "a NUL" : undefined);
  const { finding } = await campaign(
    { inputs: changedText(fc.constant("a: 1\nb: 2\n")), judge },
    { seed: 1, runs: 10_000 },
  );
  expect(finding?.fault).toBe("a NUL");
  expect(String(finding?.input).replaceAll(/[^\0]/g, "").length).toBeLessThanOrEqual(2);
});

it("compares with reports that are taken, and with others that are refused", async () => {
  const { inputs } = await kinds.reports.load();
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  const file = join(folder, "earlier.json");
  const taken = fc.sample(inputs, { seed: 1, numRuns: 60 }).map(({ text }) => {
    writeFileSync(file, text);
    try {
      return readEarlier(file).stacks.length > 0;
    } catch {
      return false;
    }
  });
  rmSync(folder, { recursive: true });
  expect(taken.filter(Boolean).length).toBeGreaterThan(10);
  expect(taken.filter((is) => !is).length).toBeGreaterThan(10);
});

it("leaves alone what is to be changed as a whole or not at all", () => {
  const trees = changedTree(fc.constant({ a: { secret: [1, 2, 3] } }), (value) => "secret" in value);
  for (const tree of fc.sample(trees, { seed: 1, numRuns: 500 })) {
    const a = Object(tree).a;
    if (Object(a).secret !== undefined) expect(a).toEqual({ secret: [1, 2, 3] });
  }
});

it("takes an input that has no end for a finding", async () => {
  const { finding } = await watched({ kind: "traces", seed: 1, runs: 100_000 }, 0);
  expect(finding).toMatchObject({ fault: "no end within 0 s", input: { text: expect.any(String) } });
});
