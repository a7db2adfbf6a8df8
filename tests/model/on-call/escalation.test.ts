import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escalationLevels, firstClash } from "../../../model/on-call/escalation.ts";
import { severities, severityLevels } from "../../../model/on-call/severities.ts";

describe("escalation levels", () => {
  it.each(severities)("of %s tell somebody of every level within the response time", (severity) => {
    const waits = escalationLevels[severity].slice(0, -1).map((level) => level.waitMinutes);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(severityLevels[severity].responseMinutes);
  });

  it.each(severities)("of %s each tell somebody", (severity) => {
    for (const level of escalationLevels[severity]) expect(level.targets).not.toHaveLength(0);
  });

  it.each(severities)(
    "of %s wait as long as PagerDuty demands: five minutes after several targets",
    (severity) => {
      for (const { targets, waitMinutes } of escalationLevels[severity]) {
        expect(waitMinutes).toBeGreaterThanOrEqual(targets.length > 1 ? 5 : 1);
      }
    },
  );
});

describe("the first clash of two rotations", () => {
  const rotation = fc.uniqueArray(fc.constantFrom("ana", "ben", "cyn", "dov", "eve", "fil"), {
    minLength: 1,
  });

  it("is found in a later turn, where the lengths differ", () => {
    expect(firstClash(["ana", "ben", "cyn"], ["ben", "ana"])).toEqual({ turn: 3, person: "ana" });
  });

  it("is the first turn, of all that ever come, with one person in both", () => {
    fc.assert(
      fc.property(rotation, rotation, (primary, backup) => {
        const turns = Array.from({ length: 200 }, (_, turn) => turn);
        const turn = turns.find((t) => primary[t % primary.length] === backup[t % backup.length]);
        expect(firstClash(primary, backup)?.turn).toBe(turn);
      }),
    );
  });

  it("does not exist for a rotation and itself, shifted", () => {
    fc.assert(
      fc.property(rotation, fc.nat(), (primary, by) => {
        const shift = by % primary.length;
        fc.pre(shift > 0);
        expect(firstClash(primary, [...primary.slice(shift), ...primary.slice(0, shift)])).toBeUndefined();
      }),
    );
  });

  it("cannot be without people", () => {
    expect(firstClash([], ["ana"])).toBeUndefined();
  });
});
