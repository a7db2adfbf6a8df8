/** The proofs look at every alert, or they prove nothing of it. */
import { describe, expect, it } from "vitest";
import type { PlatformRow, ServiceRow } from "../../../model/alerts/alert.ts";
import { platformAlerts, serviceAlerts } from "../../../model/alerts/catalogue.ts";
import { usualParts, withoutObject } from "../../../model/parts.ts";
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
    const rows = Object.entries<ServiceRow | PlatformRow>({ ...serviceAlerts, ...platformAlerts });
    // Of parts that the fixtures have not, such as a database that somebody else runs.
    const own = rows.filter(([, { needs }]) => withoutObject(needs, usualParts) === undefined);
    expect([...declared].sort()).toEqual(own.map(([id]) => id).sort());
  });

  it.each([prod, staging])("all reach a policy, and by it three levels of people", (stack) => {
    const chains = chainsOf(stack);
    expect(chains.map(({ alert }) => alert.name)).toEqual(declaredAlerts(stack).map(({ name }) => name));
    for (const { policy } of chains) expect(levelSeconds(policy)).toHaveLength(3);
  });
});
