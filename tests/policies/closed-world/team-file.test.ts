import { describe, expect, it } from "vitest";
import { rowsOf } from "../../../policies/closed-world/team-file.ts";

const row = { type: "aws:sqs/queue:Queue", reason: "holds no customer data", owner: "platform" };

describe("the rows of reviewed.yaml", () => {
  it("are taken as they are written", () => {
    expect(rowsOf({ reviewed: [row, { ...row, path: "redrivePolicy" }] })).toHaveLength(2);
  });

  it.each([
    ["without a reason", { ...row, reason: " " }],
    ["without an owner", { type: row.type, reason: row.reason }],
    ["of no type", { ...row, type: "*" }],
    ["with a key that means nothing", { ...row, until: "2026-01-01" }],
    ["that lifts a type with rules", { ...row, type: "aws:rds/instance:Instance" }],
  ])("are refused %s", (_, bad) => {
    expect(() => rowsOf({ reviewed: [row, bad] })).toThrow("reviewed.yaml cannot be used");
  });
});
