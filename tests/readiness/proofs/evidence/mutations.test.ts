/** Whatever is changed in a statement, the gate neither crashes nor lets it prove anything. */
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../../model/finding.ts";
import { namespace } from "../../../../readiness/proofs/evidence/signature.ts";
import { readStatement } from "../../../../readiness/proofs/evidence/statement.ts";
import { good } from "./measures.ts";
import { keys, Shelf } from "./shelf.ts";

const shelf = new Shelf();
let path = "";
let text = "";
beforeAll(() => {
  path = shelf.put("PRE-03", { measures: [good.command] });
  text = readFileSync(path, "utf8");
});

/** What the gate says of a text that a signer has signed. */
async function judged(changed: string): Promise<readonly Finding[]> {
  writeFileSync(path, changed);
  writeFileSync(`${path}.sig`, keys.ci.sign(changed, namespace));
  return shelf.judge();
}

type Place = readonly (string | number)[];

/** Every place of a value, the innermost too. */
function places(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, part]) => places(part, [...at, key]))];
}

function changedAt(value: unknown, [key, ...rest]: Place, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...Object(value) };
  copy[key] = changedAt(copy[key], rest, change);
  return copy;
}

const odd = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e300,
    "",
    "NaN",
    "__proto__",
    [],
    {},
    [[]],
    "../../x",
    "\u0000",
  ),
  fc.string(),
  fc.jsonValue(),
);

/** What may be another and says the same: none of it makes the proof a better one. */
const free = [
  "predicate.authors",
  "predicate.collector",
  "predicate.startedAt",
  "predicate.schema",
  "predicate.unmeasured",
  "predicate.runs.0.files.0.path",
  "predicate.deployment",
];

describe("a statement that somebody has changed", () => {
  it("in one value proves nothing, though a signer signs it", async () => {
    const whole: unknown = JSON.parse(text);
    const all = places(whole).filter((place) => !free.some((name) => place.join(".").startsWith(name)));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), odd, async (place, value) => {
        let same = false;
        const changed = changedAt(whole, place, (old) => {
          same = JSON.stringify(old) === JSON.stringify(value);
          return value;
        });
        if (same) return;
        const findings = await judged(JSON.stringify(changed));
        expect(findings.filter(({ outcome }) => outcome === "pass")).toEqual([]);
        for (const { observed } of findings) expect(observed).not.toMatch(/[\n\r]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it("by a place that is gone proves nothing", async () => {
    const whole: unknown = JSON.parse(text);
    for (const place of places(whole).slice(1)) {
      const changed = changedAt(whole, place, () => undefined);
      const findings = await judged(JSON.stringify(changed));
      expect(
        findings.map(({ outcome }) => outcome),
        place.join("."),
      ).not.toContain("pass");
    }
  });

  it("in its bytes is one that nobody signed, or none", async () => {
    writeFileSync(`${path}.sig`, keys.ci.sign(text, namespace));
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = (bytes[at] ?? 0) ^ by;
        writeFileSync(path, changed);
        expect((await shelf.judge()).map(({ outcome }) => outcome)).not.toContain("pass");
      }),
      { numRuns: 500 },
    );
  });

  it("into anything at all is a statement or a problem of one line", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
        ),
        (bytes) => {
          const read = readStatement(bytes);
          if ("problem" in read) expect(read.problem).not.toMatch(/[\n\r]/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
