/** Where clients come over the internet, from addresses that are listed: what is open to whom, and nothing else. */
import { clients, databaseInstance, databaseSubnets, isInside, networksOf, subnet, vpc } from "../../aws.ts";
import { type Hop, hopsOf, tablesOf } from "../../declared/routes.ts";
import { type Passage, passages, securityGroup } from "../../declared/security-groups.ts";
import { eachRule } from "../../each-rule.ts";
import { contains, isPrivate } from "../../effects/address-range.ts";
import { equals } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";
import { astrayIfRead, subnetGroups, waysOut } from "./reach.ts";

/** Vercel gives a project a pair of addresses for each region. */
const most = 16;
/** IANA, "IPv4 Special-Purpose Address Registry": nobody on the internet comes from these. */
const nobodys = ["0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];
/** PostgreSQL's. */
const defaultPort = 5432;

const needs = { network: ["static-ips"] } as const;

export const listedRules: readonly Rule[] = [
  // AWS lets answers out by the way that requests came in by; whoever else is called, the security group decides.
  stackRule({
    id: "network-data-subnets-by-one-gateway",
    item: "NET-02",
    needs,
    checkStack: (stack) => {
      const subnets = new Set(subnetGroups(stack).flatMap((group) => linked(group, "subnetIds", subnet)));
      return subnets.size === 0
        ? { observed: "no data store lives in a declared subnet", wanted: "in one" }
        : waysOut(stack, [...subnets], isWayIn);
    },
  }),
  // RDS User Guide, "Working with a DB instance in a VPC": public, in subnets with a route to an internet gateway.
  eachRule({
    id: "network-lets-the-addresses-in",
    item: "NET-05",
    needs,
    each: databaseInstance,
    check: (db, stack) => {
      const apart = linked(db as Resource, "dbSubnetGroupName", databaseSubnets)
        .flatMap((group) => linked(group as Resource, "subnetIds", subnet))
        .filter((from) => !isReached(from as Resource, stack))
        .map(
          (from) =>
            astrayIfRead(from, stack) ?? {
              resource: from as Resource,
              observed: "no internet gateway of its network leads to it",
              wanted: "a route to one",
              mend: "give it a route table with a route to the network's internet gateway",
            },
        );
      const open = linked(db as Resource, "vpcSecurityGroupIds", securityGroup).some(
        (group) => passages(stack, group, "ingress").length > 0,
      );
      const isPublic = equals(db.props, "publiclyAccessible", true);
      return [
        ...(isPublic ? [isPublic] : []),
        ...(open ? [] : [{ observed: "no address may connect", wanted: "those of the application" }]),
        ...apart,
      ];
    },
  }),
  eachRule({
    id: "database-clients-listed",
    item: "DB-01",
    needs,
    each: databaseInstance,
    check: (db, stack) => {
      const port = db.props.port ?? defaultPort;
      const peers = new Set<string>();
      const networks = networksOf(stack);
      const found = clients(stack, db as Resource, "vpcSecurityGroupIds", (passage) => {
        // What is there already has its own network's clients too.
        if (db.read && isInside(stack, passage.peer, networks)) return [];
        peers.add(passage.peer);
        return judgeAddress(passage, port);
      });
      return peers.size <= most
        ? found
        : [...found, { observed: `${peers.size} addresses may connect`, wanted: `≤ ${most}` }];
    },
  }),
];

/** One client, and no range of them: whoever else is in it would be let in as well. */
function judgeAddress({ resource, peer, ports }: Passage, port: number): readonly (Violation | Doubt)[] {
  if (!peer.includes("/")) {
    return [{ resource, doubt: `${peer} may connect, whose addresses are not declared here` }];
  }
  if (!/^[\d.]+\/32$/.test(peer)) {
    return [{ resource, observed: `${peer} may connect`, wanted: "single addresses (/32)" }];
  }
  if (isPrivate(peer) || nobodys.some((range) => contains(range, peer))) {
    return [{ resource, observed: `${peer} may connect`, wanted: "an address of the internet" }];
  }
  return ports?.from === port && ports.to === port
    ? []
    : [{ resource, observed: `${peer} may connect to other ports`, wanted: `to ${port} alone` }];
}

/** Everything that is not the network's own goes to an internet gateway of this stack. */
function isWayIn({ destinations, through, gateways }: Hop): boolean {
  return (
    destinations.length === 1 &&
    destinations[0] === "0.0.0.0/0" &&
    through.length === 1 &&
    through[0] === "gatewayId" &&
    gateways.length === 1
  );
}

function isReached(from: Resource, stack: Stack): boolean {
  const networks = linked(from, "vpcId", vpc);
  return tablesOf(stack, from)
    .flatMap((table) => hopsOf(stack, table))
    .filter(isWayIn)
    .flatMap(({ gateways }) => gateways)
    .some((gateway) => linked(gateway as Resource, "vpcId", vpc).some((own) => networks.includes(own)));
}
