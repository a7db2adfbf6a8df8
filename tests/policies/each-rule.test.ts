import { expect, it } from "vitest";
import { eachRule } from "../../policies/each-rule.ts";
import { equals } from "../../policies/expect.ts";
import { type Resource, resourceType } from "../../policies/resource.ts";
import { judge } from "./support/outcome.ts";
import { declared, unknown } from "./support/stack.ts";

const bucket = resourceType<{ size: number; kind: string }>("test:index:Bucket");
const rule = eachRule({
  id: "buckets-sized",
  item: "GOV-01",
  each: bucket,
  where: ({ props }) => props.kind !== "other",
  check: (subject, stack) => {
    const [owner] = stack.ofType(resourceType("test:index:Owner"));
    const violation = equals(subject.props, "size", 1);
    return violation && owner ? { ...violation, resource: owner as Resource } : violation;
  },
});
const sized = (name: string, size: unknown, kind: unknown = "own") =>
  declared(bucket.token, { size, kind }, { name });

it.each([
  ["each is as wanted", [sized("a", 1), sized("b", 1)], "pass", [""]],
  ["one is not", [sized("a", 1), sized("b", 2)], "fail", ["b: size is 2, must be 1"]],
  [
    "two are not",
    [sized("a", 3), sized("b", 2)],
    "fail",
    ["a: size is 3, must be 1", "b: size is 2, must be 1"],
  ],
  ["another is not selected", [sized("a", 1), sized("b", 2, "other")], "pass", [""]],
  ["none is selected", [sized("b", 1, "other")], "fail", ["prod: no Bucket is declared, must be declared"]],
  ["there is none", [], "fail", ["prod: no Bucket is declared, must be declared"]],
  ["one is not known", [sized("a", 1), sized("b", unknown)], "unknown", ["prod: size is only known"]],
  ["its selection is not known", [sized("a", 1, unknown)], "unknown", ["prod: kind is only known"]],
])("where %s", (_title, resources, outcome, messages) => {
  const told = judge([rule], "buckets-sized", resources);
  expect(told.outcome).toBe(outcome);
  expect(told.messages).toEqual(messages.map((message) => expect.stringContaining(message)));
});

it("may blame another resource", () => {
  const owner = declared("test:index:Owner", {}, { name: "owner" });
  expect(judge([rule], "buckets-sized", [owner, sized("a", 2)]).messages).toEqual([
    expect.stringContaining("owner: size is 2"),
  ]);
});
