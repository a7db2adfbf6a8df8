import type * as aws from "@pulumi/aws";
import type * as vercel from "@pulumiverse/vercel";
import { overlaps } from "../../model/cidr.ts";
import {
  about,
  cacheSubnets,
  databaseSubnets,
  logGroup,
  logsKept,
  names,
  ownKey,
  type ResourceOf,
  subnet,
} from "../aws.ts";
import { eachRule } from "../each-rule.ts";
import { all, equals, show } from "../expect.ts";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../rule.ts";

const vpc = resourceType<aws.ec2.VpcArgs>("aws:ec2/vpc:Vpc");
const flowLog = resourceType<aws.ec2.FlowLogArgs>("aws:ec2/flowLog:FlowLog");
const defaultSecurityGroup = resourceType<aws.ec2.DefaultSecurityGroupArgs>(
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
);
const routeTable = resourceType<aws.ec2.RouteTableArgs>("aws:ec2/routeTable:RouteTable");
const route = resourceType<aws.ec2.RouteArgs>("aws:ec2/route:Route");
const association = resourceType<aws.ec2.RouteTableAssociationArgs>(
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
);
const privateNetwork = resourceType<vercel.NetworkArgs>("vercel:index/network:Network");

/** Well-Architected, REL10-BP01: three zones; RDS accepts no subnet group of fewer than two. */
const zonesNeeded = { staging: 2, production: 3 } as const;

export const networkRules: readonly Rule[] = [
  stackRule({
    id: "network-data-subnets-span-zones",
    item: "NET-01",
    checkStack: (stack, { tier }) => {
      const groups = subnetGroups(stack);
      if (groups.length === 0)
        return { observed: "no subnets for data stores are declared", wanted: "declared" };
      return groups.flatMap((resource) => {
        const zones = linked(resource, "subnetIds", subnet).flatMap((s) => s.props.availabilityZone ?? []);
        const { size } = new Set(zones);
        if (size >= zonesNeeded[tier]) return [];
        return [{ resource, observed: `its subnets lie in ${size} zones`, wanted: `≥ ${zonesNeeded[tier]}` }];
      });
    },
  }),
  // Security Hub, EC2.15.
  resourceRule({
    id: "network-subnets-give-no-public-addresses",
    item: "NET-02",
    type: subnet,
    check: ({ props }) => equals(props, "mapPublicIpOnLaunch", false),
  }),
  stackRule({
    id: "network-data-subnets-have-no-way-out",
    item: "NET-02",
    checkStack: (stack) => {
      const subnets = new Set(subnetGroups(stack).flatMap((group) => linked(group, "subnetIds", subnet)));
      if (subnets.size === 0)
        return { observed: "no data store lives in a declared subnet", wanted: "in one" };
      return waysOut(stack, [...subnets]);
    },
  }),
  // CIS AWS Foundations v5, 3.7 and Security Hub, EC2.6 ask for refused traffic; an intruder's is not refused.
  eachRule({
    id: "network-traffic-logged",
    item: "NET-03",
    each: vpc,
    check: (network, stack) =>
      stack.attached(flowLog, "vpcId", network).some(({ props }) => props.trafficType === "ALL")
        ? undefined
        : { observed: "no flow log takes all its traffic", wanted: "logged" },
  }),
  resourceRule({
    id: "network-traffic-logs-kept",
    item: "NET-03",
    type: flowLog,
    check: (log, context) => logsKept(linked(log, "logDestination", logGroup), context),
  }),
  resourceRule({
    id: "network-traffic-logs-encrypted",
    item: "NET-03",
    type: flowLog,
    check: (log) => {
      const groups = linked(log, "logDestination", logGroup);
      if (groups.length === 0) return names(log, "logDestination", logGroup, "a log group");
      return groups.flatMap((group) => about(group, ownKey(group, "kmsKeyId")));
    },
  }),
  // CIS AWS Foundations v5, 5.5; Security Hub, EC2.2.
  eachRule({
    id: "network-default-security-group-closed",
    item: "NET-04",
    each: vpc,
    check: (network, stack) =>
      stack
        .attached(defaultSecurityGroup, "vpcId", network)
        .some(({ props }) => props.ingress?.length === 0 && props.egress?.length === 0)
        ? undefined
        : { observed: "its default security group is not declared without rules", wanted: "closed" },
  }),
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

function subnetGroups(stack: Stack): readonly Resource[] {
  return [...stack.ofType(databaseSubnets), ...stack.ofType(cacheSubnets)];
}

/** How traffic of subnets may reach the internet: by a default route, or by a table that nobody declared. */
function waysOut(stack: Stack, subnets: readonly ResourceOf<typeof subnet>[]): readonly Violation[] {
  const tablesOf = (from: ResourceOf<typeof subnet>) =>
    stack.attached(association, "subnetId", from).flatMap((a) => linked(a, "routeTableId", routeTable));
  const astray = subnets
    .filter((from) => tablesOf(from).length === 0)
    .map((resource) => ({
      resource,
      observed: "it follows the VPC's main route table",
      wanted: "given one of its own",
    }));
  const open = [...new Set(subnets.flatMap(tablesOf))].flatMap((resource) =>
    destinations(stack, resource)
      .filter((range) => range === "0.0.0.0/0" || range === "::/0")
      .map((range) => ({ resource, observed: `it has a route to ${range}`, wanted: "without a way out" })),
  );
  return [...astray, ...open];
}

function destinations(stack: Stack, table: ResourceOf<typeof routeTable>): readonly (string | undefined)[] {
  return [
    ...(table.props.routes ?? []).flatMap((r) => [r.cidrBlock, r.ipv6CidrBlock]),
    ...stack
      .attached(route, "routeTableId", table)
      .flatMap(({ props }) => [props.destinationCidrBlock, props.destinationIpv6CidrBlock]),
  ];
}
