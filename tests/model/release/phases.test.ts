import { describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import { isLive, phaseIds, phasesOf, releasePhases } from "../../../model/release/phases.ts";

const steps = releasePhases.flatMap(({ id, steps: own }) => own.map((step) => ({ phase: id, step })));

describe("the phases of a release", () => {
  it("ask for each proof of the checklist that is no rule's, once", () => {
    const asked = steps.flatMap(({ step }) =>
      step.kind === "items" && step.items !== "policy" ? step.items : [],
    );
    // What is said of waivers, which are part of the verdict.
    const elsewhere = ["GOV-08"];
    const wanted = checklist.filter(({ proof }) => proof !== "policy").map(({ id }) => id);
    expect([...asked, ...elsewhere].toSorted()).toEqual(wanted.toSorted());
  });

  it("are five, with steps that are named after them", () => {
    expect(releasePhases.map(({ id }) => id)).toEqual([...phaseIds]);
    for (const { phase, step } of steps) expect(step.id).toMatch(new RegExp(`^${phase}\\.[a-z]+$`));
    expect(new Set(steps.map(({ step }) => step.id)).size).toBe(steps.length);
  });

  it("of staging touch neither production nor anybody's signature", () => {
    const own = phasesOf("staging").flatMap((phase) => phase.steps);
    expect(own.map(({ id }) => id)).toEqual(["before.rules", "staging.deploy", "staging.verify"]);
  });

  it("know from where on customers have what is released", () => {
    expect(steps.filter(({ step }) => isLive(step.id)).map(({ step }) => step.id)).toEqual([
      ...["production.verify", "production.watch"],
      ...["afterwards.hour", "afterwards.day", "afterwards.proofs", "afterwards.people"],
    ]);
    expect(isLive("no.step")).toBe(false);
  });
});
