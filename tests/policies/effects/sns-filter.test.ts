import { expect, it } from "vitest";
import { passesFilter } from "../../../policies/effects/sns-filter.ts";

it.each<[object | undefined, boolean | undefined]>([
  [undefined, true],
  [{}, true],
  [{ State: ["FAILED", "EXPIRED"] }, true],
  [{ State: ["COMPLETED"] }, false],
  [{ State: [] }, false],
  [{ State: [{ "anything-but": ["COMPLETED"] }] }, true],
  [{ State: [{ "anything-but": { prefix: "FAIL" } }] }, false],
  [{ State: [{ prefix: "FAIL" }] }, true],
  [{ State: [{ suffix: "ED" }] }, true],
  [{ State: [{ "equals-ignore-case": "failed" }] }, true],
  [{ State: [{ exists: true }] }, true],
  [{ State: [{ exists: false }] }, false],
  [{ State: [{ numeric: [">", 1] }] }, undefined],
  [{ State: ["FAILED"], EventType: ["BACKUP_JOB"] }, undefined],
  [{ State: ["COMPLETED"], EventType: ["BACKUP_JOB"] }, false],
])("%j lets a failure through: %s", (policy, expected) => {
  expect(passesFilter(policy, { State: "FAILED" })).toBe(expected);
  expect(passesFilter(policy && JSON.stringify(policy), { State: "FAILED" })).toBe(expected);
});
