/** Bytes that were changed, cut or doubled: no format may fail on them, or read more good than there was. */
import { globSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeFormats } from "../../../../../readiness/proofs/evidence/formats/code-formats.ts";
import type { Format, Measure, RawFile } from "../../../../../readiness/proofs/evidence/reading.ts";
import { fixture, fixtures } from "./support.ts";

const written: Readonly<Record<string, string>> = {
  "vitest-json": "vitest/*.json",
  "jest-json": "jest/*.json",
  "playwright-json": "playwright/*.json",
  "node-test-junit": "node-test/*.xml",
  junit: "{vitest,playwright,jest}/*.xml",
  "coverage-summary": "coverage/*-summary.json",
  istanbul: "coverage/*-final.json",
  "biome-json": "biome/*.json",
  "eslint-json": "eslint/*.json",
  sarif: "{eslint,biome}/*.sarif",
};
const cases = codeFormats.flatMap((format) =>
  globSync(written[format.name] ?? "none", { cwd: fixtures })
    .sort()
    .map((path) => [format, fixture(path)] as const),
);

/** What may not grow, of what a reader of the measure goes by; hits alone have nothing beside them that would disagree. */
function good(measure: Measure): readonly number[] {
  switch (measure.kind) {
    case "tests":
      return [measure.passed, -measure.failed, -measure.skipped];
    case "coverage":
      return [measure.lines.covered / measure.lines.total, measure.branches.covered];
    case "lint":
      return [-measure.errors, -measure.warnings];
    default:
      return [];
  }
}

function isBetter(format: Format, now: RawFile, before: RawFile): boolean {
  const read = format.read(now);
  const original = format.read(before);
  if ("problem" in read) return !(read.problem.length > 0);
  if ("problem" in original || format.name === "istanbul") return false;
  const goods = good(original.measure);
  return good(read.measure).some((value, i) => value > (goods[i] ?? 0));
}

const damage = fc.array(
  fc.record({
    how: fc.constantFrom("replace", "cut", "double", "end"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 40 }),
    byte: fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...Buffer.from('0123456789-eE.,:"<>{}[] ')),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

function damaged(
  bytes: Uint8Array,
  { how, at, length, byte }: { how: string; at: number; length: number; byte: number },
) {
  const start = Math.min(Math.floor(at * bytes.length), bytes.length);
  const [before, part, after] = [
    bytes.subarray(0, start),
    bytes.subarray(start, start + length),
    bytes.subarray(start + length),
  ];
  switch (how) {
    case "replace":
      return Buffer.concat([before, Uint8Array.of(byte), bytes.subarray(start + 1)]);
    case "cut":
      return Buffer.concat([before, after]);
    case "double":
      return Buffer.concat([before, part, part, after]);
    default:
      return before;
  }
}

describe("a damaged report", () => {
  it("has fixtures of every format that a tool writes", () => {
    const without = codeFormats.filter(({ name }) => !cases.some(([format]) => format.name === name));
    expect(without.map(({ name }) => name)).toEqual(["command"]);
  });

  it("is never read as a better one", () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), damage, ([format, file], changes) => {
        const bytes = changes.reduce<Uint8Array>(damaged, file.bytes);
        expect(isBetter(format, { ...file, bytes }, file)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("is not read as that of another format, and fails none", () => {
    for (const [, file] of cases)
      for (const format of codeFormats) expect(format.read(file)).toBeTypeOf("object");
  });
});
