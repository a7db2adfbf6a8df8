import { expect, it } from "vitest";
import type { Finding } from "../../../model/finding.ts";
import { settled } from "../../../readiness/proofs/settle.ts";

const about = { subject: "amara", urn: undefined, observed: "", wanted: undefined, source: undefined };
const open: Finding = {
  ...about,
  item: "ONC-09",
  kind: "policy",
  by: "people-app-proven",
  outcome: "unknown",
};
const word = (outcome: Finding["outcome"], item: Finding["item"] = "INC-07"): Finding => ({
  ...about,
  item,
  kind: "sign-off",
  by: "tomas",
  outcome,
});
const outcomeOf = (...findings: readonly Finding[]) => settled(findings)[0]?.outcome;

it("an app's push counts once somebody has signed that it rings", () => {
  expect(outcomeOf(open, word("pass"))).toBe("pass");
});

it.each([
  ["nobody has signed", [open]],
  ["another item is signed", [open, word("pass", "INC-06")]],
  ["the signature counts no longer", [open, word("fail")]],
  ["one of two signatures counts no longer", [open, word("pass"), word("fail")]],
])("it stays open where %s", (_, findings) => {
  expect(outcomeOf(...findings)).toBe("unknown");
});

it("no other rule is settled, and no failure", () => {
  const other = { ...open, by: "people-called-at-once" };
  expect(outcomeOf(other, word("pass"))).toBe("unknown");
  expect(outcomeOf({ ...open, outcome: "fail" }, word("pass"))).toBe("fail");
});
