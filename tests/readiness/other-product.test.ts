import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reportIn, temporary } from "./check/support.ts";
import { otherProduct, otherStacks } from "./other-product.ts";
import { run } from "./project.ts";

describe.each([1, 3])("a product of another team with %i services", (services) => {
  it("is judged as the fixtures' is: staging GO, and production lacks only proofs", async () => {
    const cwd = temporary();
    for (const stack of otherStacks)
      writeFileSync(join(cwd, `Pulumi.${stack}.yaml`), otherProduct(stack, services));
    const result = await run(["check", "--all", "--format", "json"], { cwd });
    expect(result.stderr).toBe("");
    const { stacks } = reportIn(result);
    for (const { findings, resources } of stacks) {
      expect(findings.filter(({ outcome }) => outcome === "fail" || outcome === "error")).toEqual([]);
      expect(resources["readiness:index:App"]).toBe(services);
    }
    const verdicts = stacks.map(({ stack, verdict }) => `${stack} ${verdict}`);
    expect(verdicts.toSorted()).toEqual(["prod NO-GO", "staging GO"]);
  });
});
