/** The proofs on what is deployed, where ids are known and so is who takes which turn. */
import { describe, expect, it } from "vitest";
import { messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { deployed } from "../../readiness/inputs/deployed-stack.ts";
import { parseState } from "../../readiness/inputs/state-file.ts";
import { deployedStacks, exportOf, type Json, secretOf } from "./exports.ts";

const pagerduty = (kind: string) => `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
const now = new Date("2026-12-01T12:00:00Z");
const proofs = rules.filter(({ item }) => /^(PAGE|ONC)-/.test(item));

/** Who takes turns, in order. */
type Crews = Readonly<Record<"primary" | "backup", readonly string[]>>;
const fourTurns: Crews = {
  primary: ["amara", "jonas", "mei", "lucia"],
  backup: ["jonas", "mei", "lucia", "amara"],
};

/** The id that PagerDuty gave somebody. */
function idOf(person: string): unknown {
  const is = (r: Registration) => r.type === pagerduty("User") && r.name.endsWith(`-${person}`);
  return deployedStacks.prod.find(is)?.outputs?.["id"];
}

/** What is deployed, with other crews. */
function withCrews(r: Registration, crews: Crews): Registration {
  if (r.type !== pagerduty("Schedule")) return r;
  const users = crews[r.name.endsWith("-primary") ? "primary" : "backup"].map(idOf);
  const layers = (r.props["layers"] as readonly object[]).map((layer) => ({ ...layer, users }));
  return { ...r, props: { ...r.props, layers } };
}

/** What the proofs say of production's state, other than that they hold. */
function told(crews: Crews, edit = (resource: Json): Json => resource): readonly string[] {
  const state = exportOf(deployedStacks.prod.map((r) => withCrews(r, crews)));
  const { deployment } = state as { deployment: { resources: readonly Json[] } };
  const edited = { ...state, deployment: { ...deployment, resources: deployment.resources.map(edit) } };
  const text = JSON.stringify(edited);
  const stack = deployed(parseState("state.json", text), "state.json", {
    project: "readiness",
    stack: "prod",
  });
  return evaluate(proofs, stack, now)
    .filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable")
    .map((f) => `${f.by} ${f.outcome}: ${messageOf(f, "prod")}`);
}

describe("proofs on a deployed stack", () => {
  it("all hold, none undecided, where two people have every turn", () => {
    expect(proofs.map(({ item }) => item)).toEqual(expect.arrayContaining(["PAGE-01", "PAGE-05", "ONC-07"]));
    expect(told(fourTurns)).toEqual([]);
  });

  it("name who is both primary and backup, and from when to when", () => {
    const clash = told({ ...fourTurns, backup: ["jonas", "lucia", "mei", "amara"] });
    expect(clash.map((text) => text.split(": of ")[0]).toSorted()).toEqual(
      ["sev1", "sev2", "sev3"].map((s) => `escalation-reaches-two-people fail: portal-on-call-${s}`),
    );
    for (const text of clash) {
      expect(text).toContain(
        "portal-prod-primary and portal-prod-backup both have Mei Tanaka from Mon 21 Dec 2026, 09:00 to " +
          "Mon 28 Dec 2026, 09:00 Europe/London (7 days), and 12 times more: 91 days in 12 months, must be",
      );
    }
  });

  it("are about turns: the same people, one behind the other, are two at every moment", () => {
    expect(told({ primary: ["amara", "jonas", "mei"], backup: ["mei", "amara", "jonas"] })).toEqual([]);
  });

  it("name what tells nobody new: a lead who has the shift", () => {
    const lead = told({
      primary: ["amara", "jonas", "mei", "tomas"],
      backup: ["jonas", "mei", "tomas", "amara"],
    });
    expect(lead).toHaveLength(1);
    expect(lead[0]).toContain(
      "escalation-tells-somebody-new fail: portal-on-call-sev2: its level 3 may find nobody but Tomáš Novák",
    );
  });

  it("stay undecided where the state keeps closed who takes turns", () => {
    const closed = (resource: Json): Json => {
      if (resource["type"] !== pagerduty("Schedule")) return resource;
      const inputs = resource["inputs"] as { layers: readonly Json[] };
      const layers = inputs.layers.map((layer) => ({ ...layer, users: secretOf({ ciphertext: "v1:x" }) }));
      return { ...resource, inputs: { ...inputs, layers } };
    };
    const outcomes = told(fourTurns, closed);
    expect(outcomes.map((text) => text.split(":")[0])).toContain("escalation-reaches-two-people unknown");
    expect(outcomes.join("\n")).not.toContain(" fail: ");
  });
});
