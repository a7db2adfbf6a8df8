import { describe, expect, it } from "vitest";
import { type Bar, megabytes, render, seconds } from "../../../tools/bench/table.ts";

function line(ours: number, other: number, bar?: Bar): string {
  const rows = [{ label: "time", unit: seconds, ours, other, ...(bar && { bar }) }];
  return render({ title: "Preview", other: "template", rows }).split("\n")[1] ?? "";
}

describe("render", () => {
  it("shows both figures with their unit, and what the one is of the other", () => {
    expect(line(1500, 6000)).toMatch(/^ {2}time +1\.50 s +6\.00 s +0\.25$/);
  });

  it("marks a bar on the ratio as met up to its limit", () => {
    expect(line(3000, 6000, { ratio: 0.5 })).toContain("met, ratio ≤ 0.50");
    expect(line(3001, 6000, { ratio: 0.5 })).toContain("MISSED, ratio ≤ 0.50");
  });

  it("marks a bar on our own figure whatever the other is", () => {
    expect(line(1200, 1, { ours: 1200 })).toContain("met, ours ≤ 1.20 s");
    expect(line(1201, 9e9, { ours: 1200 })).toContain("MISSED, ours ≤ 1.20 s");
  });

  it("names what it compares with", () => {
    const rows = [{ label: "memory", unit: megabytes, ours: 1, other: 2 }];
    expect(render({ title: "Preview", other: "template", rows })).toMatch(
      /^Preview +ours +template +ratio +bar\n/,
    );
  });
});
