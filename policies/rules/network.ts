import { overlaps } from "../../model/cidr.ts";
import { privateNetwork, vpc } from "../aws.ts";
import { eachRule } from "../each-rule.ts";
import { all, equals, show } from "../expect.ts";
import { type Rule, resourceRule } from "../rule.ts";
import { logRules } from "./network/logs.ts";
import { reachRules } from "./network/reach.ts";

export const networkRules: readonly Rule[] = [
  ...reachRules,
  ...logRules,
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
    each: privateNetwork,
    check: ({ props: { cidr } }, stack) =>
      stack
        .ofType(vpc)
        .filter(({ props }) => overlaps(cidr, props.cidrBlock ?? cidr))
        .map(({ name, props }) => ({
          observed: `${cidr} overlaps ${show(props.cidrBlock)} of ${name}`,
          wanted: "apart from it",
        })),
  }),
];
