import { overlaps } from "../../model/cidr.ts";
import { databaseInstance, privateNetwork, vpc } from "../aws.ts";
import { passages, securityGroup } from "../declared/security-groups.ts";
import { eachRule } from "../each-rule.ts";
import { contains, isPrivate } from "../effects/address-range.ts";
import { all, equals, show } from "../expect.ts";
import { linked, type Resource, type Stack } from "../resource.ts";
import { type Rule, resourceRule } from "../rule.ts";
import { cache } from "./cache/settings.ts";
import { listedRules } from "./network/listed.ts";
import { logRules } from "./network/logs.ts";
import { reachRules } from "./network/reach.ts";

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
    check: ({ props: { cidr } }, stack) =>
      stores(stack)
        .filter(
          ({ groups }) =>
            !groups.some((group) =>
              passages(stack, group, "ingress").some(({ peer }) => contains(peer, cidr)),
            ),
        )
        .map(({ resource }) => ({ resource, observed: `${cidr} may not connect`, wanted: "allowed" })),
  }),
];

/** The stores of data, each with its security groups. */
function stores(stack: Stack) {
  return [
    ...stack.ofType(databaseInstance).map((r) => [r as Resource, "vpcSecurityGroupIds"] as const),
    ...stack.ofType(cache).map((r) => [r as Resource, "securityGroupIds"] as const),
  ].map(([resource, property]) => ({ resource, groups: linked(resource, property, securityGroup) }));
}
