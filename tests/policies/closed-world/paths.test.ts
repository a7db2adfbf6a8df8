import { expect, it } from "vitest";
import { leavesOf } from "../../../policies/closed-world/paths.ts";
import { resourceOf, unknown } from "../support/stack.ts";

it("the leaves of a resource are its values, with the place of each and the path of its kind", () => {
  const { props } = resourceOf("test:index:Thing", {
    name: "x",
    none: null,
    empty: [],
    rules: [{ port: 0 }, { port: unknown }],
    tags: { "cost-center": "1" },
    policy: { Statement: [{ Condition: { Bool: { "aws:SecureTransport": "false" } } }] },
  });
  const found = leavesOf(props).map(({ at, path, value }) => ({ at, path, value }));
  expect(found).toEqual([
    { at: "name", path: "name", value: "x" },
    { at: "rules.0.port", path: "rules.*.port", value: 0 },
    { at: "rules.1.port", path: "rules.*.port", value: undefined },
    { at: "tags.cost-center", path: "tags.*", value: "1" },
    {
      at: "policy.Statement.0.Condition.Bool.aws:SecureTransport",
      path: "policy.Statement.*.Condition.*.*",
      value: "false",
    },
  ]);
});
