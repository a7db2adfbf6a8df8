import { describe, expect, it } from "vitest";
import { collisions } from "../../../model/config/collisions.ts";
import { loadSpec } from "../../../model/config/stack-spec.ts";
import { type Change, prodConfig, prodSettings } from "../prod-config.ts";

const prod = loadSpec("prod", prodConfig());
const people = Object(prodSettings()["readiness:people"]).map((person: { readonly email: string }) => ({
  ...person,
  email: person.email.replace("@", "+eu@"),
}));
/** What makes a copy of production one that can stand beside it. */
const apart: readonly Change[] = [
  [["readiness:domain"], "eu.portal.example.com"],
  [["readiness:awsAccount", "id"], "555566667777"],
  [["readiness:network", "cidr"], "10.48.0.0/16"],
  [["readiness:network", "privateNetworkCidr"], "10.68.0.0/20"],
  [["readiness:people"], people],
  [["readiness:chat", "channel"], "incidents-eu"],
];
const other = (...changes: readonly Change[]) =>
  loadSpec("prod-eu", prodConfig(...structuredClone(apart), ...changes));

const pcx = [["readiness:network", "peeringConnectionId"], "pcx-0a1b2c3d4e5f60718"] as const;

describe("two stacks of a project", () => {
  it("can both be production's, where nothing is the same", () => {
    expect(collisions(prod, other())).toEqual([]);
    expect(collisions(other(), prod)).toEqual([]);
  });

  it.each<[string, Change, string, string]>([
    ["a domain", [["readiness:domain"], "portal.example.com"], "EDGE-13", "portal.example.com"],
    ["an AWS account", [["readiness:awsAccount", "id"], "111122223333"], "GOV-15", "111122223333"],
    ["a range", [["readiness:network", "cidr"], "10.40.0.0/16"], "NET-05", "10.40.0.0/16"],
    [
      "a part of a range",
      [["readiness:network", "cidr"], "10.60.0.0/16"],
      "NET-05",
      "10.60.0.0/16, which overlaps 10.60.0.0/20",
    ],
    [
      "a range at Vercel",
      [["readiness:network", "privateNetworkCidr"], "10.60.0.0/20"],
      "NET-05",
      "10.60.0.0/20",
    ],
    [
      "an address, in any case",
      [["readiness:people", 1, "email"], "Jonas.Lindqvist@example.com"],
      "PAGE-02",
      "Jonas.Lindqvist@example.com",
    ],
    ["a Slack channel", [["readiness:chat", "channel"], "incidents"], "ALERT-07", "incidents"],
  ])("cannot share %s", (_, change, item, found) => {
    expect(collisions(other(change), prod)).toMatchObject([{ item, found }]);
    expect(collisions(prod, other(change))).toMatchObject([{ item }]);
  });

  it("cannot share a peering", () => {
    const peered = loadSpec("prod", prodConfig(pcx));
    expect(collisions(other(pcx), peered)).toMatchObject([{ item: "NET-05", found: pcx[1] }]);
    expect(collisions(other(), prod)).toEqual([]);
  });

  it("cannot be called alike, whichever part of the name is whose", () => {
    const mixed = loadSpec("eu", prodConfig(...apart, [["readiness:product"], "portal-prod"]));
    expect(collisions(mixed, other())).toContainEqual(
      expect.objectContaining({ item: "ONC-32", found: "the name of the team portal-prod-eu in PagerDuty" }),
    );
  });

  it("have networks that nobody can peer where their partitions are two", () => {
    const zones = ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"];
    const gov = other(
      [["aws:region"], "us-gov-west-1"],
      [["readiness:backups", "copyRegion"], "us-gov-east-1"],
      [["readiness:network", "cidr"], "10.40.0.0/16"],
      [["readiness:network", "zones"], zones],
    );
    expect(collisions(gov, prod)).toEqual([]);
  });
});
