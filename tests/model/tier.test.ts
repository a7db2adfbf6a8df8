import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tierOf } from "../../model/tier.ts";

describe("tier", () => {
  it.each(["staging", "dev", "preview", "pr-17"])("%s is staging", (stack) => {
    expect(tierOf(stack)).toBe("staging");
  });

  it.each(["prod", "production", "Staging", "staging-eu", "my-dev", "pr-", ""])(
    "%j counts as production",
    (stack) => {
      expect(tierOf(stack)).toBe("production");
    },
  );

  it("of a name that nobody thought of is production", () => {
    fc.assert(
      fc.property(fc.string(), (stack) => {
        fc.pre(!/^(staging|dev|preview|pr-\d+)$/.test(stack));
        expect(tierOf(stack)).toBe("production");
      }),
    );
  });
});
