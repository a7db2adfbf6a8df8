import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideTier, tierOf } from "../../model/tier.ts";

const production = ["prod", "production", "Prod", "prod2", "prod-eu", "eu-prod", "prd", "live-us"];

describe("tier", () => {
  it.each(["staging", "dev", "preview", "pr-17"])("%s is staging", (stack) => {
    expect(decideTier(stack)).toEqual({ tier: "staging", by: "name" });
    expect(decideTier(stack, "staging")).toEqual({ tier: "staging", by: "name" });
    expect(decideTier(stack, "production")).toEqual({ tier: "production", by: "config" });
  });

  it.each(production)("%s is production, whatever its config says", (stack) => {
    for (const declared of [undefined, "staging", "production"]) {
      expect(decideTier(stack, declared)).toEqual({ tier: "production", by: "name" });
    }
  });

  it.each(["qa", "Staging", "staging-eu", "my-dev", "pr-", "preprod", "non-prod", "delivery", ""])(
    "%j is what its config says, and production where that says nothing",
    (stack) => {
      expect(decideTier(stack)).toEqual({ tier: "production", by: "default" });
      expect(decideTier(stack, "stagign")).toEqual({ tier: "production", by: "default" });
      expect(decideTier(stack, "staging")).toEqual({ tier: "staging", by: "config" });
      expect(decideTier(stack, "production")).toEqual({ tier: "production", by: "config" });
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
