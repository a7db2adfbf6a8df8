/** Fixtures of formats, and what is said of them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Format, Measure, RawFile, Reading } from "../../../../../readiness/proofs/evidence/reading.ts";

export const fixtures = join(import.meta.dirname, "../../../../fixtures/evidence");

/** @param path such as `vitest/good.json` */
export function fixture(path: string): RawFile {
  return { path, bytes: readFileSync(join(fixtures, path)) };
}

/** A fixture with each `from` replaced, which has to be there. */
export function altered(
  path: string,
  ...changes: readonly (readonly [from: string | RegExp, to: string])[]
): RawFile {
  const text = readFileSync(join(fixtures, path), "utf8");
  const changed = changes.reduce((now, [from, to]) => {
    const next = now.replaceAll(typeof from === "string" ? from : new RegExp(from, "g"), to);
    if (next === now) throw new Error(`${path} has no ${from}`);
    return next;
  }, text);
  return { path, bytes: new TextEncoder().encode(changed) };
}

export function fileOf(value: unknown): RawFile {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { path: "given", bytes: new TextEncoder().encode(text) };
}

/** The reading of a file that has to be readable. */
export function reading(format: Format, file: RawFile): Reading {
  const read = format.read(file);
  if ("problem" in read) throw new Error(`${file.path}: ${read.problem}`);
  return read;
}

/** The measure of a file that has to be readable, as one of its kind. */
export function measureOf<K extends Measure["kind"]>(
  format: Format,
  file: RawFile,
  kind: K,
): Extract<Measure, { kind: K }> {
  const { measure } = reading(format, file);
  if (measure.kind !== kind) throw new Error(`${file.path} is of ${measure.kind}`);
  return measure as Extract<Measure, { kind: K }>;
}

/** Why a file is refused; null where it is not. */
export function problemOf(format: Format, file: RawFile): string | null {
  const read = format.read(file);
  return "problem" in read ? read.problem : null;
}

/** A measure of tests, all of them passed but for what is named. */
export function tests(total: number, more: Partial<Extract<Measure, { kind: "tests" }>> = {}) {
  const { failed = 0, skipped = 0 } = more;
  const passed = total - failed - skipped;
  return { kind: "tests", total, passed, failed, skipped, flaky: 0, shard: null, narrowedBy: null, ...more };
}

/** What a fixture says itself, for figures that every run of its tool makes anew. */
export function rawOf(path: string) {
  return JSON.parse(readFileSync(join(fixtures, path), "utf8"));
}
