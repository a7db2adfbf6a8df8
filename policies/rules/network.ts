import { overlaps } from "../../model/cidr.ts";
import { databaseInstance, databaseSubnets, privateNetwork, type ResourceOf, subnet, vpc } from "../aws.ts";
import { type Hop, hopsOf, tablesOf } from "../declared/routes.ts";
import { passages, securityGroup } from "../declared/security-groups.ts";
import { eachRule } from "../each-rule.ts";
import { contains, isPrivate } from "../effects/address-range.ts";
import { all, equals, show } from "../expect.ts";
import { linked, type Resource, type Stack } from "../resource.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../rule.ts";
import { cache } from "./cache/settings.ts";
import { listedRules } from "./network/listed.ts";
import { logRules } from "./network/logs.ts";
import { astrayIfRead, reachRules } from "./network/reach.ts";

export const networkRules: readonly Rule[] = [
  ...reachRules,
  ...logRules,
  ...listedRules,
  resourceRule({
    id: "network-names-resolve",
    item: "NET-05",
    type: vpc,
    check: ({ props }) =>
      all(equals(props, "enableDnsSupport", true), equals(props, "enableDnsHostnames", true)),
  }),
  // VPC Peering Guide, "VPC peering limitations": ranges that overlap cannot be peered.
  eachRule({
    id: "network-ranges-apart",
    item: "NET-05",
    needs: { network: ["secure-compute"] },
    each: privateNetwork,
    check: ({ props: { cidr } }, stack) => [
      ...stack
        .ofType(vpc)
        .filter(({ props }) => overlaps(cidr, props.cidrBlock ?? cidr))
        .map(({ name, props }) => ({
          observed: `${cidr} overlaps ${show(props.cidrBlock)} of ${name}`,
          wanted: "apart from it",
        })),
      // Whoever has these addresses on the internet would be let in as the application is.
      ...[cidr, ...stack.ofType(vpc).flatMap(({ props }) => props.cidrBlock ?? [])]
        .filter((range) => !isPrivate(range))
        .map((range) => ({
          observed: `${range} has addresses of others`,
          wanted: "private addresses (RFC 1918)",
        })),
    ],
  }),
  eachRule({
    id: "network-lets-the-application-in",
    item: "NET-05",
    needs: { network: ["secure-compute"] },
    each: privateNetwork,
    check: ({ props: { cidr } }, stack) => [
      ...stores(stack)
        .filter(
          ({ groups }) =>
            !groups.some((group) =>
              passages(stack, group, "ingress").some(({ peer }) => contains(peer, cidr)),
            ),
        )
        .map(({ resource }) => ({ resource, observed: `${cidr} may not connect`, wanted: "allowed" })),
      ...stack
        .ofType(databaseInstance)
        .filter(({ read }) => read)
        .flatMap((db) => notLedBack(db as Resource, cidr, stack)),
    ],
  }),
];

/** A network that is there already is peered and routed by its owner; of one's own, the stack's first deployment is. */
function notLedBack(db: Resource, cidr: string, stack: Stack): readonly (Violation | Doubt)[] {
  return linked(db, "dbSubnetGroupName", databaseSubnets)
    .flatMap((group) => linked(group as Resource, "subnetIds", subnet))
    .filter((from) => !hopsFrom(from, stack).some((hop) => isPeering(hop, cidr)))
    .map(
      (from) =>
        astrayIfRead(from, stack) ?? {
          resource: from as Resource,
          observed: `no peering leads back to ${cidr}`,
          wanted: "a route to it",
          mend: `accept the peering that Vercel asks for, and give its route table a route to ${cidr} by that`,
        },
    );
}

function hopsFrom(from: ResourceOf<typeof subnet>, stack: Stack): readonly Hop[] {
  return tablesOf(stack, from).flatMap((table) => hopsOf(stack, table));
}

function isPeering({ destinations, through }: Hop, cidr: string): boolean {
  return through.includes("vpcPeeringConnectionId") && destinations.some((to) => contains(to, cidr));
}

/** The stores of data, each with its security groups. */
function stores(stack: Stack) {
  return [
    ...stack.ofType(databaseInstance).map((r) => [r as Resource, "vpcSecurityGroupIds"] as const),
    ...stack.ofType(cache).map((r) => [r as Resource, "securityGroupIds"] as const),
  ].map(([resource, property]) => ({ resource, groups: linked(resource, property, securityGroup) }));
}
