import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reviewedRows } from "../../../readiness/inputs/reviewed-file.ts";
import { temporary } from "../check/support.ts";

function written(text: string): string {
  const folder = temporary();
  writeFileSync(join(folder, "reviewed.yaml"), text);
  return folder;
}

describe("reviewed.yaml", () => {
  it("need not be there", () => {
    expect(reviewedRows(temporary())).toEqual([]);
  });

  it("holds a team's rows", () => {
    const folder = written(
      "reviewed:\n  - { type: 'aws:sqs/queue:Queue', reason: holds no customer data, owner: platform }\n",
    );
    expect(reviewedRows(folder)).toEqual([
      { type: "aws:sqs/queue:Queue", reason: "holds no customer data", owner: "platform" },
    ]);
  });

  it("is refused with all that is wrong with it, by line", () => {
    const folder = written(
      [
        "reviewed:",
        "  - type: aws:rds/instance:Instance",
        "    reason: it is ours",
        "    owner: platform",
        "  - type: everything",
        "    owner: platform",
        "",
      ].join("\n"),
    );
    expect(() => reviewedRows(folder)).toThrow(
      /reviewed\.yaml cannot be used:\n {2}reviewed\.yaml:5: reviewed\[1\]\.type: .*\n {2}reviewed\.yaml:5: reviewed\[1\]\.reason: missing/,
    );
    expect(() =>
      reviewedRows(
        written(
          "reviewed:\n  - { type: 'aws:rds/instance:Instance', reason: it is ours, owner: platform }\n",
        ),
      ),
    ).toThrow(
      "reviewed.yaml:2: reviewed[0].type: aws:rds/instance:Instance has rules: name the property with path",
    );
  });
});
