import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closest, didYouMean } from "../../model/suggest.ts";

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
