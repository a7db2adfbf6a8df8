import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closest, didYouMean } from "../../model/suggest.ts";
import { cpuTime } from "../support/cpu-time.ts";

describe("closest", () => {
  it.each([
    ["databse", "database"],
    ["multiAZ", "multiAz"],
    ["backup_retention_days", "backupRetentionDays"],
    ["backupRetention", "backupRetentionDays"],
    ["storageGB", "storageGiB"],
    ["di", "id"],
    ["readines:database", "readiness:database"],
  ])("takes %s for %s", (word, meant) => {
    expect(closest(word, ["cache", "role", "name", "network", meant, "domain"])).toBe(meant);
  });

  it.each([
    ["foo", ["bar", "cache"]],
    ["abcdef", ["abcxyz"]],
    ["readiness:foo", ["readiness:cache", "readiness:database"]],
    ["database", ["readiness:database"]],
    ["anything", []],
  ])("takes %s for none of %j", (word, candidates) => {
    expect(closest(word, candidates)).toBeUndefined();
  });

  it("finds every candidate itself, and prefers the first of equals", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (candidates) => {
        for (const candidate of candidates) expect(closest(candidate, candidates)).toBe(candidate);
      }),
    );
    expect(closest("cat", ["bat", "rat"])).toBe("bat");
  });

  it("becomes a question", () => {
    expect(didYouMean("prd", ["staging", "prod"])).toBe('; did you mean "prod"?');
    expect(didYouMean("x", ["staging"])).toBe("");
  });
});

it("takes no text for a misspelled name, however long it is", () => {
  const [long, other] = ["x".repeat(200_000), `${"x".repeat(199_999)}y`];
  expect(cpuTime(() => expect(closest(long, [other, "name"])).toBeUndefined())).toBeLessThan(500);
  const many = Array.from({ length: 2_000 }, (_, i) => `${"x".repeat(1_000)}${i}`);
  expect(cpuTime(() => expect(closest(long, many)).toBeUndefined())).toBeLessThan(500);
});
