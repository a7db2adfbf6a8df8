import { expect, it } from "vitest";
import { selectsForBackup } from "../../../policies/effects/backup-selection.ts";

const arn = "arn:aws:rds:*:*:db:portal-db";
const tags = { backup: "daily", product: "portal" };
const tag = (key: string, value: string) => ({ key: `aws:ResourceTag/${key}`, value });

it.each<[string, object, boolean]>([
  ["everything", { resources: ["*"] }, true],
  ["databases", { resources: ["arn:aws:rds:eu-central-1:123456789012:db:*"] }, false],
  ["databases anywhere", { resources: ["arn:aws:rds:*:*:db:*"] }, true],
  ["clusters", { resources: ["arn:aws:rds:*:*:cluster:*"] }, false],
  ["all but databases", { resources: ["*"], notResources: ["arn:aws:rds:*:*:db:*"] }, false],
  ["all but one of another name", { resources: ["*"], notResources: ["arn:aws:rds:*:*:db:shop"] }, true],
  ["all but one region's", { resources: ["*"], notResources: ["arn:aws:rds:eu-west-1:*:*"] }, false],
  ["a product's", { resources: ["*"], conditions: [{ stringLikes: [tag("product", "por*")] }] }, true],
  [
    "other products'",
    { resources: ["*"], conditions: [{ stringNotLikes: [tag("product", "por*")] }] },
    false,
  ],
  [
    "those with a tag that it has not",
    { resources: ["*"], conditions: [{ stringLikes: [tag("team", "*")] }] },
    false,
  ],
  [
    "those of either tag",
    {
      selectionTags: [
        { key: "a", value: "b" },
        { key: "backup", value: "daily" },
      ],
    },
    true,
  ],
  ["nothing", {}, false],
])("a selection of %s takes it: %s", (_, selection, expected) => {
  expect(selectsForBackup(selection, arn, tags)).toBe(expected);
});
