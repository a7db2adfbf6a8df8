import { describe, expect, it } from "vitest";
import { linked, type Resource, resourceType } from "../../../policies/resource.ts";
import { Reads, RecordedStack } from "../../../tools/closed-world/record.ts";
import { resource } from "../../policies/support/linked.ts";
import { declared, stackOf, unknown } from "../../policies/support/stack.ts";

const type = resourceType<{
  name: string;
  rules: { port: number; note: string }[];
  key: string;
  extra?: object;
}>("test:index:Thing");
const key = declared("test:index:Key", {}, { name: "key" });
const thing = resource(
  type.token,
  "thing",
  { name: "x", rules: [{ port: 1, note: "n" }], key: unknown, tags: { owner: "us" } },
  { key: [key] },
);

/** What reading leaves in the table. */
function noted(
  read: (resource: Resource<NonNullable<(typeof type)["props"]>>) => unknown,
): readonly string[] {
  const reads = new Reads();
  const [subject] = new RecordedStack(stackOf([key, thing]), reads).ofType(type);
  if (!subject) throw new Error("there is one");
  try {
    read(subject);
  } catch {
    // What is not known yet was asked for all the same.
  }
  return [...(reads.byType.get(type.token) ?? [])];
}

type Case = readonly [what: string, read: Parameters<typeof noted>[0], paths: readonly string[]];

describe("reading", () => {
  it.each([
    ["a value", ({ props }) => props.name, ["name"]],
    ["an element of a list", ({ props }) => props.rules[0]?.port, ["rules.*.port"]],
    ["a key of a map", ({ props }) => Reflect.get(Reflect.get(props, "tags"), "owner"), ["tags.*"]],
    ["what is not there", ({ props }) => props.extra, ["extra"]],
    ["what is not known yet", ({ props }) => props.key, ["key"]],
    ["a relation", (r) => linked(r as Resource, "key", resourceType("test:index:Key")), ["key"]],
    ["a list as such", ({ props }) => props.rules.length, []],
    ["everything by listing it", ({ props }) => Object.entries(props).flat(2), []],
  ] satisfies readonly Case[])("%s is noted", (_, read, paths) => {
    expect(noted(read)).toEqual(paths);
  });

  it("is noted again once the next rule reads", () => {
    const reads = new Reads();
    const [subject] = new RecordedStack(stackOf([thing]), reads).ofType(type);
    Object.keys(subject?.props ?? {});
    reads.turn += 1;
    expect(subject?.props.name).toBe("x");
    expect(reads.byType.get(type.token)).toEqual(new Set(["name"]));
  });

  it("follows relations to copies that note, too", () => {
    const reads = new Reads();
    const [subject] = new RecordedStack(stackOf([key, thing]), reads).ofType(type);
    Reflect.get(linked(subject as Resource, "key", resourceType("test:index:Key"))[0]?.props ?? {}, "size");
    expect(reads.byType.get("test:index:Key")).toEqual(new Set(["size"]));
  });
});
