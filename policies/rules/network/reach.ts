/** What the data stores' subnets reach, and what reaches them. */
import type * as aws from "@pulumi/aws";
import { cacheSubnets, databaseSubnets, names, type ResourceOf, strays, subnet, vpc } from "../../aws.ts";
import { type Hop, hopsOf, type RouteTable, route, routeTable, tablesOf } from "../../declared/routes.ts";
import {
  egressRule,
  groupRule,
  ingressRule,
  type Passage,
  passages,
  securityGroup,
} from "../../declared/security-groups.ts";
import { eachRule } from "../../each-rule.ts";
import { contains, isPrivate } from "../../effects/address-range.ts";
import { texts } from "../../effects/iam-statement.ts";
import { all, equals, show } from "../../expect.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { alike, unlooked, unsound } from "../../sound/sound.ts";
import { UnreadError } from "../../unknown-value.ts";

const defaultSecurityGroup = resourceType<aws.ec2.DefaultSecurityGroupArgs>(
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
);

/** Well-Architected, REL10-BP01: three zones; RDS accepts no subnet group of fewer than two. */
const zonesNeeded = { staging: 2, production: 3 } as const;

/** SSH, RDP, WinRM, and what stores listen on that have no other guard: Redis, MongoDB, Elasticsearch, memcached. */
const administrative = [22, 3389, 5985, 5986, 6379, 9200, 11211, 27017];

/** A range in which nobody knows whom: all of the internet, or a large part of it; an office's own is its team's to say. */
function isWorld(peer: string): boolean {
  const [address = "", bits] = peer.split("/");
  return bits !== undefined && !isPrivate(peer) && Number(bits) < (address.includes(":") ? 16 : 8);
}

/** Whether a port of TCP is among those of a passage. */
function within({ ports, protocol }: Passage): (port: number) => boolean {
  if (ports === undefined) return () => /^(-1|all|tcp|6)$/.test(protocol);
  return (port) => ports.from <= port && port <= ports.to;
}

/** What gives a subnet addresses of other networks. */
const otherNetworks = alike(
  [
    "customerOwnedIpv4Pool",
    "enableLniAtDeviceIndex",
    "ipv6CidrBlock",
    "ipv6IpamPoolId",
    "ipv6Native",
    "ipv6NetmaskLength",
    "outpostArn",
  ],
  unlooked,
);

export const reachRules: readonly Rule[] = [
  stackRule({
    id: "network-data-subnets-span-zones",
    item: "NET-01",
    checkStack: (stack, { tier }) => {
      const groups = subnetGroups(stack);
      if (groups.length === 0)
        return { observed: "no subnets for data stores are declared", wanted: "declared" };
      return groups.flatMap((resource) => {
        const zones = linked(resource, "subnetIds", subnet).flatMap((s) => s.props.availabilityZone || []);
        const listed = texts(() => resource.props["subnetIds"]).length;
        const size = Math.min(new Set(zones).size, listed);
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
    check: ({ props }) => {
      const {
        assignIpv6AddressOnCreation = false,
        mapCustomerOwnedIpOnLaunch = false,
        enableDns64 = false,
      } = props;
      const published = all(
        equals(props, "mapPublicIpOnLaunch", false),
        // Addresses of IPv6 are public.
        equals({ assignIpv6AddressOnCreation }, "assignIpv6AddressOnCreation", false),
        equals({ mapCustomerOwnedIpOnLaunch }, "mapCustomerOwnedIpOnLaunch", false),
        equals({ enableDns64 }, "enableDns64", false),
      );
      return [...published, ...unsound({ props }, otherNetworks)];
    },
  }),
  stackRule({
    id: "network-data-subnets-have-no-way-out",
    item: "NET-02",
    needs: { network: ["secure-compute"] },
    existing: (stack) => {
      const groups = subnetGroups(stack).map((resource) => ({
        resource,
        subnets: linked(resource, "subnetIds", subnet),
      }));
      if (groups.every(({ subnets }) => subnets.length === 0)) return nowhere;
      return groups.flatMap(({ resource, subnets }) => {
        const open = subnets.filter((from) =>
          tablesOf(stack, from).some((table) => hopsOf(stack, table).some(leadsIn)),
        );
        const names = open.map(({ name }) => name).join(", ");
        return open.length === 0
          ? []
          : [
              {
                resource,
                observed: `the internet reaches ${names}`,
                wanted: "private subnets",
                mend: "give it subnets whose route tables have no internet gateway",
              },
            ];
      });
    },
    checkStack: (stack) => {
      const groups = subnetGroups(stack);
      const subnets = new Set(groups.flatMap((group) => linked(group, "subnetIds", subnet)));
      if (subnets.size === 0) return nowhere;
      return [
        ...groups.flatMap((resource) => strayed(resource, strays(resource, "subnetIds", subnet))),
        ...waysOut(stack, [...subnets]),
      ];
    },
  }),
  // CIS AWS Foundations v5, 5.3 and 5.4; Security Hub, EC2.13, EC2.14 and EC2.19.
  eachRule({
    id: "network-administration-closed",
    item: "NET-06",
    existing: true,
    each: securityGroup,
    check: (group, stack) =>
      passages(stack, group, "ingress").flatMap((passage) => {
        const { resource, peer } = passage;
        const open = isWorld(peer) ? administrative.filter(within(passage)) : [];
        return open.length === 0
          ? []
          : [
              {
                resource,
                observed: `${peer} may connect to port ${open.join(", ")}`,
                wanted: "private networks",
                mend: `take ${peer} out of its ingress rules; people come by Session Manager or a VPN`,
              },
            ];
      }),
  }),
  // CIS AWS Foundations v5, 5.5; Security Hub, EC2.2.
  eachRule({
    id: "network-default-security-group-closed",
    item: "NET-04",
    existing: (network, stack) =>
      stack
        .attached(defaultSecurityGroup, "vpcId", network)
        .filter(({ props }) => props.ingress?.length)
        .map((resource) => ({
          resource: resource as Resource,
          observed: "the default security group lets somebody in",
          wanted: "closed",
        })),
    each: vpc,
    check: (network, stack) => {
      const groups = stack.attached(defaultSecurityGroup, "vpcId", network);
      if (network.read && groups.length === 0) throw new UnreadError("its default security group");
      return groups.some(({ props }) => props.ingress?.length === 0 && props.egress?.length === 0)
        ? undefined
        : {
            observed: "its default security group is not declared without rules",
            wanted: "closed",
            mend: "take all rules out of its default security group",
          };
    },
  }),
  stackRule({
    id: "network-security-rules-of-this-stack",
    item: "NET-04",
    checkStack: (stack) => {
      const rules = [
        ...stack.ofType(ingressRule),
        ...stack.ofType(egressRule),
        ...stack.ofType(groupRule),
      ] as readonly Resource[];
      // A group that is read tells its rules itself.
      const read = stack.ofType(securityGroup).filter((group) => group.read);
      if (rules.length === 0 && !read.some((group) => passages(stack, group, "ingress").length > 0))
        return { observed: "no rule lets anybody in", wanted: "the application" };
      return rules
        .filter((rule) => linked(rule, "securityGroupId", securityGroup).length === 0)
        .map((resource) => ({
          resource,
          doubt: "it opens a security group that this stack does not declare",
        }));
    },
  }),
];

const nowhere: Violation = { observed: "no data store lives in a declared subnet", wanted: "in one" };

/** Through an internet gateway, which answers come in by as well. */
function leadsIn({ gateway }: Hop): boolean {
  return gateway?.startsWith("igw-") ?? false;
}

/** Where the stack's stores may live. */
export function subnetGroups(stack: Stack): readonly Resource[] {
  return [...stack.ofType(databaseSubnets), ...stack.ofType(cacheSubnets)] as readonly Resource[];
}

function strayed(resource: Resource, doubt: Doubt | undefined): readonly Doubt[] {
  return doubt ? [{ resource, ...doubt }] : [];
}

/**
 * How traffic of subnets may reach the internet, or networks that nobody has looked at.
 * @param isMeant of a hop, whether it has to be there
 */
export function waysOut(
  stack: Stack,
  subnets: readonly ResourceOf<typeof subnet>[],
  isMeant: (hop: Hop) => boolean = () => false,
): readonly (Violation | Doubt)[] {
  const strange = stack
    .ofType(route)
    .filter((r) => linked(r as Resource, "routeTableId", routeTable).length === 0)
    .map((r) => ({
      resource: r as Resource,
      doubt: "it leads out of a table that this stack does not declare",
    }));
  const foreign = subnets.flatMap((s) => {
    const found =
      names(s as Resource, "vpcId", vpc, "a network") ??
      (linked(s as Resource, "vpcId", vpc).some(({ props }) => isWithin(props.cidrBlock, s.props.cidrBlock))
        ? undefined
        : { observed: `its addresses are ${show(s.props.cidrBlock)}`, wanted: "of its network" });
    return found ? [{ resource: s as Resource, ...found }] : [];
  });
  const astray = subnets
    .filter((from) => tablesOf(stack, from).length === 0)
    .map(
      (from) =>
        astrayIfRead(from, stack) ?? {
          resource: from as Resource,
          observed: "it follows the VPC's main route table",
          wanted: "given one of its own",
        },
    );
  const tables = [...new Set(subnets.flatMap((from) => tablesOf(stack, from)))];
  return [...strange, ...foreign, ...astray, ...tables.flatMap((table) => waysOutOf(stack, table, isMeant))];
}

/** Of a subnet that is read it is not known whether it follows the main table, or nobody has asked. */
export function astrayIfRead(from: ResourceOf<typeof subnet>, stack: Stack): Doubt | undefined {
  if (!from.read || tablesOf(stack, from).length > 0) return undefined;
  const doubt = "no route table of its own has been read: whoever owns it gives it one (npm run facts)";
  return { resource: from as Resource, doubt };
}

function isWithin(network: string | undefined, range: string | undefined): boolean {
  return network !== undefined && range !== undefined && contains(network, range);
}

function waysOutOf(
  stack: Stack,
  table: RouteTable,
  isMeant: (hop: Hop) => boolean,
): readonly (Violation | Doubt)[] {
  const learned = table.props.propagatingVgws?.length
    ? [{ resource: table as Resource, doubt: "it takes routes from a virtual private gateway" }]
    : [];
  const hops = hopsOf(stack, table).filter((hop) => !isMeant(hop));
  const declared = hops.flatMap(({ resource, destinations, through }) => [
    ...destinations
      .filter((to) => to.includes("/") && !isPrivate(to))
      .map((to) => ({
        resource,
        observed: `it has a route to ${to}`,
        wanted: "without a way out",
      })),
    ...destinations
      .filter((to) => !to.includes("/"))
      .map((list) => ({
        resource,
        doubt: `it has a route to ${list}, whose addresses are not declared here`,
      })),
    ...(destinations.length === 0 ? [{ resource, doubt: "it has a route to nobody knows where" }] : []),
    ...through
      .filter((property) => property !== "vpcPeeringConnectionId")
      .map((property) => ({ resource, doubt: `it has a route through its ${property}` })),
  ]);
  return [...learned, ...declared];
}
