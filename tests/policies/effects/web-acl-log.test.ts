import { expect, it } from "vitest";
import { keeps, redacted } from "../../../policies/effects/web-acl-log.ts";

const filter = (behavior: string, requirement: string, ...actions: readonly (string | undefined)[]) => ({
  behavior,
  requirement,
  conditions: actions.map((action) =>
    action === undefined ? { labelNameCondition: { labelName: "l" } } : { actionCondition: { action } },
  ),
});
const log = (defaultBehavior: string, ...filters: ReturnType<typeof filter>[]) => ({
  resourceArn: "a",
  logDestinationConfigs: [],
  loggingFilter: { defaultBehavior, filters },
});

it.each([
  ["without a filter", { resourceArn: "a", logDestinationConfigs: [] }, true],
  ["kept by default", log("KEEP"), true],
  ["dropped by default", log("DROP"), false],
  ["kept by their action", log("DROP", filter("KEEP", "MEETS_ANY", "BLOCK", "COUNT")), true],
  ["kept by two actions at once", log("DROP", filter("KEEP", "MEETS_ALL", "BLOCK", "COUNT")), false],
  ["kept by a label as well", log("DROP", filter("KEEP", "MEETS_ALL", "BLOCK", undefined)), false],
  ["kept where counted", log("DROP", filter("KEEP", "MEETS_ANY", "COUNT")), false],
  ["dropped by their action", log("KEEP", filter("DROP", "MEETS_ANY", "BLOCK")), false],
  ["perhaps dropped by a label", log("KEEP", filter("DROP", "MEETS_ANY", undefined)), false],
  ["kept while others are dropped", log("KEEP", filter("DROP", "MEETS_ANY", "ALLOW")), true],
])("blocked requests %s", (_, logging, expected) => {
  expect(keeps(logging, "BLOCK")).toBe(expected);
});

it("what a log hides is told by kind", () => {
  const redactedFields = [{ singleHeader: { name: "Cookie" } }, { uriPath: {} }, { queryString: {} }];
  expect(redacted({ resourceArn: "a", logDestinationConfigs: [], redactedFields })).toEqual({
    headers: ["cookie"],
    telling: ["uriPath"],
  });
});
