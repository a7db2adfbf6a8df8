/** Programs that the embedded engine cannot run: what their component Readiness declares is judged in their place. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { run } from "../project.ts";
import { reportIn, temporary } from "./support.ts";

function python(packages: Readonly<Record<string, string>>): string {
  const cwd = temporary();
  const own = { name: "readiness", runtime: { name: "python", options: { virtualenv: "venv" } }, packages };
  writeFileSync(join(cwd, "Pulumi.yaml"), stringify(own));
  return cwd;
}

it("a program in Python with the components is judged by its stack file, which the report says", async () => {
  const cwd = python({ "production-readiness": "./node_modules/production-readiness/provider" });
  const result = await run(["check", "--stack", "staging", "--format", "json"], { cwd });
  const [stack] = reportIn(result).stacks;
  expect(stack?.verdict).toBe("GO");
  expect(stack?.warnings).toContainEqual(expect.stringContaining("the program is in another language"));
  const own = reportIn(await run(["check", "--stack", "staging", "--format", "json"]));
  expect(stack?.checklist.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
    own.stacks[0]?.checklist.map(({ id, outcome }) => `${id} ${outcome}`),
  );
});

it("one without them is refused, whatever its stack file says", async () => {
  const cwd = python({ aws: "7.48.0" });
  expect(await run(["check", "--stack", "staging"], { cwd })).toEqual({
    status: 2,
    stdout: "",
    stderr:
      "error: Pulumi.yaml says runtime python, must be nodejs or have packages.production-readiness; what such a program has deployed is checked with --state\n",
  });
});
