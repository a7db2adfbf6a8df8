/** Whose shift an update moves, and the start of the rotation that leaves it where it is. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { onCallAt } from "../../../model/on-call/calendar/schedule.ts";
import { composeComment } from "../../../readiness/comment/comment.ts";
import { readPlan } from "../../../readiness/plan/plan.ts";
import { movedShifts, shiftLines } from "../../../readiness/plan/shifts.ts";
import { ended, step, writeEvents } from "./events.ts";

const folder = mkdtempSync(join(tmpdir(), "readiness-shifts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const type = "pagerduty:index/schedule:Schedule";
const week = 604_800;
/** A Thursday of a week in which PA has the first turn. */
const now = new Date("2027-03-25T12:00:00Z");
const names = ["Amara", "Jonas", "Mei", "Tomáš"];
const ids = ["PA", "PJ", "PM", "PT"];

interface Crew {
  readonly users: readonly string[];
  readonly length?: number;
  readonly start?: string;
}
const start = "2027-03-01T09:00:00Z";
const layer = (crew: Crew) => ({
  start: crew.start ?? start,
  rotationVirtualStart: crew.start ?? start,
  rotationTurnLengthSeconds: crew.length ?? week,
  users: crew.users,
});
const rota = (rotation: string, ...crews: readonly Crew[]) => ({
  name: `portal-prod-${rotation}`,
  timeZone: "Europe/London",
  layers: crews.map(layer),
});
const people = names.map((name, i) => {
  const user = step({
    op: "same",
    type: "pagerduty:index/user:User",
    name: `on-call-${i}`,
    before: { name },
    after: { name },
  });
  Object.assign(Object(user).resourcePreEvent.metadata.old, { id: ids[i] });
  return user;
});
/** What is said of primaries and backups before and after. */
function moved(...changes: readonly (readonly [before: Crew, after: Crew])[]) {
  const steps = changes.map(([before, after], i) => {
    const rotation = i === 0 ? "primary" : "backup";
    const op = before === after ? "same" : "update";
    return step({ op, type, name: rotation, before: rota(rotation, before), after: rota(rotation, after) });
  });
  return readPlan(writeEvents(folder, [...people, ...steps, ended]));
}

const primary: Crew = { users: ["PA", "PJ", "PM"] };
const backup: Crew = { users: ["PJ", "PM", "PA"] };

describe("an update that moves the shift", () => {
  it.each<[string, Crew, string]>([
    ["by a new order", { users: ["PJ", "PA", "PM"] }, "Amara now, Jonas once this is applied"],
    ["by somebody more", { users: ["PA", "PJ", "PM", "PT"] }, "Amara now, Tomáš once this is applied"],
    [
      "by turns of another length",
      { ...primary, length: 2 * week },
      "Amara now, Jonas once this is applied, until Mon 29 Mar 2027, 09:00 Europe/London",
    ],
  ])("%s is told with the start that leaves it", (_, after, told) => {
    const plan = moved([primary, after]);
    const { moves, rotationStart } = movedShifts(plan, now);
    const lines = shiftLines({ moves, rotationStart });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`portal-prod-primary: ${told}`);
    const kept = movedShifts(moved([primary, { ...after, start: String(rotationStart) }]), now);
    expect(kept).toEqual({ moves: [], rotationStart: undefined });
  });

  it("leaves both rotations, also the one that does not change", () => {
    const { moves, rotationStart } = movedShifts(
      moved([primary, { users: ["PJ", "PA", "PM"] }], [backup, backup]),
      now,
    );
    expect(moves.map(({ rotation }) => rotation)).toEqual(["portal-prod-primary"]);
    // The backup would have to stay with Jonas, who follows Amara in one order and goes before her in the other.
    expect(rotationStart).toBeUndefined();
    expect(shiftLines({ moves, rotationStart })[1]).toContain("apply it as turns change");
  });

  it("names somebody new, and cannot leave the shift with somebody who goes", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const lines = shiftLines(movedShifts(moved([primary, { users: [unknown, "PJ", "PM"] }]), now));
    expect(lines[0]).toContain("Amara now, somebody new once this is applied");
    expect(lines[1]).toContain("No onCall.rotationStart");
  });

  it("says nothing where nobody's shift moves, nor of a schedule that is made", () => {
    expect(movedShifts(moved([primary, { users: ["PA", "PM", "PJ"] }]), now).moves).toEqual([]);
    const made = readPlan(
      writeEvents(folder, [step({ op: "create", type, name: "x", after: rota("primary", primary) }), ended]),
    );
    expect(shiftLines(movedShifts(made, now))).toEqual([]);
  });

  it("is part of the comment", () => {
    const report = { schemaVersion: "2.0", stacks: [], notEvaluated: [] };
    const plan = moved([primary, { users: ["PJ", "PA", "PM"] }]);
    const text = composeComment(
      report as unknown as Parameters<typeof composeComment>[0],
      [["prod", plan]],
      now,
    );
    expect(text).toContain("### Who is on call changes\n");
    expect(text).toMatch(/onCall\.rotationStart.*2027-03-\d\dT09:00:00Z/);
  });

  it("is left with whoever has it by the start that is told, whatever changes", () => {
    const crew = fc.shuffledSubarray(ids, { minLength: 1 });
    const length = fc.constantFrom(86_400, week, 2 * week);
    fc.assert(
      fc.property(crew, crew, length, length, fc.nat({ max: 500 }), (users, others, one, two, days) => {
        const at = new Date(now.getTime() + days * 86_400_000);
        const [before, after] = [
          { users, length: one },
          { users: others, length: two },
        ];
        const { moves, rotationStart } = movedShifts(moved([before, after]), at);
        const had = onCallAt(
          { timeZone: "Europe/London", layers: [{ ...layer(before), people: users }] },
          at.getTime(),
        );
        if (moves.length === 0) return;
        if (rotationStart === undefined) expect(others).not.toContain(had);
        else {
          const then = layer({ ...after, start: rotationStart });
          expect(
            onCallAt({ timeZone: "Europe/London", layers: [{ ...then, people: others }] }, at.getTime()),
          ).toBe(had);
        }
      }),
      { numRuns: 60 },
    );
  });
});
