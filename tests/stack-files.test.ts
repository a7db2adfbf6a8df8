/** The stack files at the top, which a team makes its own: only what holds of any team's is asked here. */
import { describe, expect, it } from "vitest";
import { tierOf } from "../model/tier.ts";
import { listStacks, loadStack } from "../readiness/inputs/stack-file.ts";
import { reportIn } from "./readiness/check/support.ts";
import { project, run } from "./readiness/project.ts";

const stacks = listStacks(project);

it.each(stacks)("%s can be used", (stack) => {
  expect(loadStack(project, stack).spec.stack).toBe(stack);
});

describe.each(stacks.filter((stack) => tierOf(stack) === "staging"))("%s", (stack) => {
  it("breaks no rule", async () => {
    const result = await run(["check", "--stack", stack, "--format", "json"], { cwd: project });
    const [report] = reportIn(result).stacks;
    expect(report?.findings.filter(({ outcome }) => outcome === "fail")).toEqual([]);
    expect(report?.verdict).toBe("GO");
  });
});
