import { expect, it } from "vitest";
import { exceptions } from "../../../policies/closed-world/exceptions.ts";
import { leavesOf } from "../../../policies/closed-world/paths.ts";
import readPaths from "../../../policies/closed-world/read.json" with { type: "json" };
import { variantStack, variants } from "../../../tools/closed-world/stacks.ts";

const now = new Date();
const declared: string[] = [];
// One after the other: the engine runs one program at a time.
for (const variant of variants) {
  const { resources } = await variantStack(variant, now);
  declared.push(
    ...resources.flatMap(({ type, props }) => leavesOf(props).map(({ path }) => `${type} ${path}`)),
  );
}

/** The longest list that somebody still reads. */
const most = 150;

it("exceptions are few, and each once", () => {
  expect(exceptions.length).toBeLessThanOrEqual(most);
  expect(new Set(exceptions.map(({ type, path }) => `${type} ${path}`)).size).toBe(exceptions.length);
});

it("an exception is about something that is declared", () => {
  const idle = exceptions.filter(({ type, path }) => {
    const at = `${type} ${path}`;
    return !declared.some((one) => one === at || one.startsWith(`${at}.`));
  });
  expect(idle).toEqual([]);
});

it("an exception is about something that no rule reads", () => {
  const reads: Readonly<Record<string, string | undefined>> = readPaths;
  const read = exceptions.filter(({ type, path }) => reads[type]?.split(" ").includes(path));
  expect(read).toEqual([]);
});
