import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import read from "../../../policies/closed-world/read.json" with { type: "json" };
import references from "../../../policies/closed-world/references.json" with { type: "json" };

const measure = join(import.meta.dirname, "../../../tools/closed-world/measure.ts");

it("the tables say what rules read: npm run closed-world writes them anew", () => {
  const printed = execFileSync(process.execPath, [measure, "--print"], {
    encoding: "utf8",
    maxBuffer: 2 ** 24,
  });
  expect(JSON.parse(printed)).toEqual({ read, references });
});
