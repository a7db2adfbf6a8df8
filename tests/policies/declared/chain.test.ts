/** The proofs look at every alert, or they prove nothing of it. */
import { describe, expect, it } from "vitest";
import { platformAlerts, serviceAlerts } from "../../../model/alerts/catalogue.ts";
import { declaredAlerts } from "../../../policies/declared/alert.ts";
import { chainsOf, levelSeconds } from "../../../policies/declared/chain.ts";
import { toStack } from "../../../readiness/engine/registration.ts";
import { fixtureStacks } from "../support/fixture-stacks.ts";

const prod = toStack("prod", fixtureStacks.prod);
const staging = toStack("staging", fixtureStacks.staging);
const idOf = (tags: readonly string[]) => tags.find((tag) => tag.startsWith("alert:"))?.slice(6);

describe("the alerts of the fixtures' stacks", () => {
  it("are all rows of the catalogue, and every row is one", () => {
    const declared = new Set([prod, staging].flatMap(declaredAlerts).map(({ tags }) => idOf(tags)));
    const rows = Object.keys({ ...serviceAlerts, ...platformAlerts });
    // Of a database that somebody else runs, which the fixtures have not.
    expect([...declared, "dump-missing"].sort()).toEqual(rows.sort());
  });

  it.each([prod, staging])("all reach a policy, and by it three levels of people", (stack) => {
    const chains = chainsOf(stack);
    expect(chains.map(({ alert }) => alert.name)).toEqual(declaredAlerts(stack).map(({ name }) => name));
    for (const { policy } of chains) expect(levelSeconds(policy)).toHaveLength(3);
  });
});
