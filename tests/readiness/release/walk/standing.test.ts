import { describe, expect, it } from "vitest";
import { phasesOf } from "../../../../model/release/phases.ts";
import { currentOf } from "../../../../readiness/release/log/current.ts";
import type { Fact } from "../../../../readiness/release/log/entry.ts";
import {
  failedLive,
  type Gate,
  type Judged,
  standingOf,
} from "../../../../readiness/release/walk/standing.ts";
import { begun, ended, entriesOf, judged, opened, subject } from "../log/entries.ts";

const pass: Judged = { outcome: "pass", proof: "", why: [], signatures: [], commands: [], report: null };
const phases = phasesOf("production");
const gates = phases.flatMap(({ steps }) => steps).filter(({ kind }) => kind !== "command");

async function standing(facts: readonly Fact[], say: (step: Gate) => Judged | undefined = () => pass) {
  const found = await standingOf(phases, currentOf(entriesOf(facts)), async (step) => say(step));
  const states = new Map(
    found.phases.flatMap(({ steps }) => steps).map(({ step, state }) => [step.id, state]),
  );
  return { ...found, states };
}

/** Everything up to production's deployment. */
const deployed = [
  opened,
  ...gates.filter(({ id }) => !id.startsWith("afterwards")).map(({ id }) => judged(id)),
  ...["staging.deploy", "staging.verify", "production.deploy"].flatMap((id) => [begun(id), ended(id)]),
];

describe("where a release stands", () => {
  it("is before its first command where it is not begun", async () => {
    const { next, states } = await standing([]);
    expect(next?.step.id).toBe("staging.deploy");
    expect(states.get("before.rules")).toBe("done");
    expect(states.get("production.verify")).toBe("later");
  });

  it("asks no gate that a later command has left behind", async () => {
    const { next, states } = await standing(deployed, () => undefined);
    expect(states.get("production.go")).toBe("done");
    expect(next?.step.id).toBe("production.verify");
  });

  it("asks each again where something else is released", async () => {
    const changed: Fact = { event: "changed", subject: { ...subject, services: {} } };
    const { next } = await standing([...deployed, changed], ({ id }) =>
      id === "before.tag" ? { ...pass, outcome: "unknown" } : pass,
    );
    expect(next).toMatchObject({ step: { id: "before.tag" }, state: "undetermined" });
  });

  it.each([
    [0, "done", false],
    [1, "failed", true],
    [2, "undetermined", false],
    [3, "undetermined", false],
    [130, "again", false],
    [255, "undetermined", false],
  ])("after a look that ended with %i is %s", async (status, state, live) => {
    const { next, states } = await standing([
      ...deployed,
      begun("production.verify"),
      ended("production.verify", status),
    ]);
    expect(states.get("production.verify")).toBe(state);
    expect(failedLive(next)).toBe(live);
  });

  it.each([
    [1, "failed"],
    [2, "failed"],
    [143, "again"],
    [255, "failed"],
  ])("after an update that ended with %i is %s, and may be tried again", async (status, state) => {
    const { next } = await standing([opened, begun("staging.deploy"), ended("staging.deploy", status)]);
    expect(next).toMatchObject({ step: { id: "staging.deploy" }, state });
    expect(failedLive(next)).toBe(false);
  });

  it("after an attempt that was cut off asks for another, whatever came before", async () => {
    const { next } = await standing([...deployed, begun("production.deploy")]);
    expect(next).toMatchObject({ step: { id: "production.deploy" }, state: "again" });
  });
});
