import { expect, it } from "vitest";
import { instanceClass } from "../../../policies/effects/instance-class.ts";

it.each([
  ["db.m7g.large", true, 8],
  ["db.t4g.micro", true, 1],
  ["db.r6id.24xlarge", true, 768],
  ["db.x2iedn.xlarge", true, 64],
  ["db.m4.large", false, 8],
  ["cache.m4.large", true, 8],
  ["cache.m3.medium", false, 4],
])("%s: sold %s, %s GiB", (name, sold, memoryGiB) => {
  expect(instanceClass(name)).toEqual({ sold, memoryGiB });
});

it.each(["db.serverless", "db.q9.large", "large", ""])("%s tells nothing", (name) => {
  expect(instanceClass(name)).toBeUndefined();
});
