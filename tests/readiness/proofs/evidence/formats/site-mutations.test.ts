/** Outputs of scanners, browsers and databases that were cut, damaged or robbed of a field: none is read as better. */
import { globSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { siteFormats } from "../../../../../readiness/proofs/evidence/formats/site-formats.ts";
import type { Format, Measure, RawFile } from "../../../../../readiness/proofs/evidence/reading.ts";
import { fileOf, fixture, fixtures, problemOf } from "./support.ts";

const folders: Readonly<Record<string, string>> = { "flyway-info": "flyway" };
const cases = siteFormats.flatMap((format) =>
  globSync(`${folders[format.name] ?? format.name}/*.json`, { cwd: fixtures })
    .sort()
    .map((path) => [format, fixture(path)] as const)
    .filter(([, { bytes }]) => bytes.length > 0),
);
/** That rules were left out is told by the option alone. */
const toldOnce = ["axe/one-rule.json", "axe/rules-off.json"];
const goods = cases.filter(([, { path }]) => path.endsWith("/good.json"));

/** What is wrong, by name, and how much: the more, the worse; what is not known is the worst. */
function faults(measure: Measure): ReadonlyMap<string, number> {
  const all = (pairs: readonly (readonly [string, number | null])[]) =>
    new Map(pairs.map(([name, value]) => [name, value ?? Number.POSITIVE_INFINITY]));
  switch (measure.kind) {
    case "vulnerabilities":
      return all([...Object.entries(measure.known), ["named", measure.named.length]]);
    case "bundle":
      return all(measure.routes.map((r) => [r.route, r.bytes]));
    case "accessibility":
      return all(measure.pages.map((p) => [p.url, p.violations.length]));
    case "performance":
      return all(
        measure.pages.flatMap((p) => [
          [`${p.shown} LCP`, p.lcpMs],
          [`${p.shown} CLS`, p.cls],
          [`${p.shown} answer`, p.responseMs],
        ]),
      );
    case "load":
      return all(
        measure.classes.flatMap((c) => [
          [`${c.class} failures`, c.failures / c.requests],
          [`${c.class} p95`, c.p95Ms],
        ]),
      );
    case "migrations":
      return all([
        ["wrong", measure.wrong.length],
        ["not applied", -measure.applied.length],
      ]);
    case "query-plans":
      return all(measure.plans.map((p, i) => [`${i}`, p.scans.reduce((rows, scan) => rows + scan.rows, 0)]));
    default:
      return new Map();
  }
}

/** Whether a file reads as better than another: a fault that is smaller, with the names of both the same. */
function isBetter(format: Format, now: RawFile, before: RawFile): boolean {
  const read = format.read(now);
  const original = format.read(before);
  if ("problem" in read) return read.problem === "";
  if ("problem" in original) return true;
  const was = faults(original.measure);
  return [...faults(read.measure)].some(
    ([name, value]) => value < (was.get(name) ?? Number.NEGATIVE_INFINITY),
  );
}

/** Every value without one of its fields, at any depth; elements of lists stay. */
function* robbed(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [i, element] of value.entries()) {
      for (const less of robbed(element)) yield value.with(i, less);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      const { [name]: _, ...others } = value as Record<string, unknown>;
      yield others;
      for (const less of robbed(field)) yield { ...others, [name]: less };
    }
  }
}

describe("an output", () => {
  it("has a good fixture in every format", () => {
    expect(goods.map(([format]) => format.name)).toEqual(siteFormats.map(({ name }) => name));
  });

  it.each(
    cases
      .filter(([, { path }]) => !toldOnce.includes(path))
      .map(([format, file]) => [file.path, format, file] as const),
  )("without one of its fields is never better: %s", (_path, format, file) => {
    const better = [...robbed(JSON.parse(new TextDecoder().decode(file.bytes)))].filter((less) =>
      isBetter(format, { ...fileOf(less), path: file.path }, file),
    );
    expect(better).toEqual([]);
  });

  it("that breaks off is never read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ([format, file], at) => {
          const whole = new TextDecoder().decode(file.bytes).trimEnd();
          const problem = problemOf(format, {
            ...file,
            bytes: new TextEncoder().encode(whole.slice(0, at * whole.length)),
          });
          expect(problem).toMatch(/breaks off|is empty|not JSON/);
        },
      ),
    );
  });

  it("with other bytes fails no format", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        ([format, file], changes) => {
          const bytes = Uint8Array.from(file.bytes);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const read = format.read({ ...file, bytes });
          if ("problem" in read) expect(read.problem).not.toBe("");
          else for (const value of faults(read.measure).values()) expect(value).not.toBeNaN();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(["1e999", "-1", "NaN", '"many"'])(
    "with %s for any number that counts is refused, or not better",
    (value) => {
      for (const [format, file] of goods) {
        const text = new TextDecoder().decode(file.bytes);
        for (const { 0: number, index } of text.matchAll(/(?<=[:[]\s*)\d+(\.\d+)?(?=\s*[,}\]])/g)) {
          const changed = text.slice(0, index) + value + text.slice(index + number.length);
          const { path } = file;
          expect(isBetter(format, { ...fileOf(changed), path }, file), `${path} at ${index}`).toBe(false);
        }
      }
    },
  );

  it("of one format is none of another", () => {
    for (const [from, file] of goods) {
      const others = siteFormats.filter((format) => format !== from && problemOf(format, file) === null);
      expect(others.map(({ name }) => `${file.path} as ${name}`)).toEqual([]);
    }
  });
});
