/** Networks of such databases that are weak: what is told otherwise, the rule that notices, and what it says. */
import { answerOf, type Changes, hop, ingress, routed } from "./existing-database.ts";

export type Weak = readonly [title: string, changes: Changes, rule: string, message: RegExp];

const anywhere = "0.0.0.0/0";
export const range = "10.60.0.0/20";

export const weakNetworks: readonly Weak[] = [
  [
    "open to everybody",
    { group: { ingress: [ingress([anywhere])] } },
    "database-clients-listed",
    /0\.0\.0\.0\/0 may connect/,
  ],
  [
    "open to a range",
    { group: { ingress: [ingress(["198.51.100.0/24"])] } },
    "database-clients-listed",
    /198\.51\.100\.0\/24/,
  ],
  [
    "open on every port",
    { group: { ingress: [{ ...ingress(["198.51.100.7/32"]), toPort: 6000 }] } },
    "database-clients-listed",
    /other ports/,
  ],
  [
    "open to a strange group",
    {
      group: {
        ingress: [ingress(["198.51.100.7/32"]), { ...ingress([]), securityGroups: ["sg-0fffffffffffffff1"] }],
      },
    },
    "database-clients-listed",
    /sg-0fffffffffffffff1/,
  ],
  [
    "reaching the world",
    { group: { egress: [{ ...ingress([anywhere]), protocol: "-1", fromPort: 0, toPort: 0 }] } },
    "database-clients-listed",
    /may reach/,
  ],
  [
    "open to administration",
    { group: { ingress: [ingress(["198.51.100.7/32"]), ingress([anywhere], 22)] } },
    "network-administration-closed",
    /port 22/,
  ],
  ["let nobody in", { group: { ingress: [] } }, "network-lets-the-addresses-in", /no address may connect/],
  [
    "without an address on the internet",
    { instance: { publiclyAccessible: false } },
    "network-lets-the-addresses-in",
    /publiclyAccessible/,
  ],
  [
    "in the account's default network",
    { instance: { dbSubnetGroupName: "default" }, subnets: { name: "default" } },
    "database-in-own-subnets",
    /dbSubnetGroupName/,
  ],
  [
    "in two zones",
    { subnet2: { availabilityZone: "eu-central-1a" } },
    "network-data-subnets-span-zones",
    /2 zones/,
  ],
  [
    "beside machines with public addresses",
    { subnet0: { mapPublicIpOnLaunch: true } },
    "network-subnets-give-no-public-addresses",
    /mapPublicIp/,
  ],
  ["led to nowhere", routed(), "network-lets-the-addresses-in", /internet gateway/],
  [
    "led to by another network's gateway",
    { gateway: { vpcId: "vpc-0ffffffffffffffff" } },
    "network-lets-the-addresses-in",
    /vpcId|internet gateway/,
  ],
  [
    "led out by a gateway of translation",
    routed(...[hop(anywhere, { natGatewayId: "nat-0a1b2c3d4e5f60001" })]),
    "network-data-subnets-by-one-gateway",
    /0\.0\.0\.0\/0/,
  ],
  [
    "led to another office",
    routed(
      hop(anywhere, { gatewayId: "igw-0a1b2c3d4e5f60001" }),
      hop("10.99.0.0/16", { transitGatewayId: "tgw-1" }),
    ),
    "network-data-subnets-by-one-gateway",
    /transitGatewayId/,
  ],
  [
    "not found by its name",
    { vpc: { enableDnsHostnames: false } },
    "network-names-resolve",
    /enableDnsHostnames/,
  ],
  [
    "beside an open default group",
    { defaultGroup: { ingress: [ingress([anywhere])] } },
    "network-default-security-group-closed",
    /default security group/,
  ],
  [
    "in a network of which refusals alone are logged",
    { flowLog: { trafficType: "REJECT" } },
    "network-traffic-logged",
    /flow log/,
  ],
  [
    "in another network than the flow log's",
    { flowLog: { vpcId: "vpc-0ffffffffffffffff" } },
    "network-traffic-logged",
    /flowLogId/,
  ],
  [
    "logged by a role that may not",
    { flowLogsRole: { inlinePolicies: [] } },
    "network-traffic-logs-arrive",
    /may not logs:/,
  ],
  [
    "logged by a role that writes elsewhere",
    {
      flowLog: { logDestination: `${answerOf("flowLog")["logDestination"]}-2` },
      flowLogs: { arn: `${answerOf("flowLog")["logDestination"]}-2` },
    },
    "network-traffic-logs-arrive",
    /may not logs:/,
  ],
  [
    "in a network whose logs are in a bucket",
    { flowLog: { logDestinationType: "s3" } },
    "network-traffic-logs-arrive",
    /s3/,
  ],
  [
    "in a network whose logs go after a month",
    { flowLogs: { retentionInDays: 30 } },
    "network-traffic-logs-kept",
    /retentionInDays/,
  ],
  [
    "in a network whose logs anybody reads",
    { flowLogs: { kmsKeyId: "" } },
    "network-traffic-logs-encrypted",
    /kmsKeyId/,
  ],
  ["a replica", { instance: { replicateSourceDb: "other" } }, "database-settings-sound", /replicateSourceDb/],
  [
    "with another's options",
    { instance: { optionGroupName: "oracle-tde" } },
    "database-settings-sound",
    /optionGroupName/,
  ],
];

export const weakPeerings: readonly Weak[] = [
  ["public", { instance: { publiclyAccessible: true } }, "database-not-public", /publiclyAccessible/],
  [
    "open to everybody",
    { group: { ingress: [ingress([anywhere])] } },
    "database-clients-private",
    /0\.0\.0\.0\/0/,
  ],
  [
    "open to another office",
    { group: { ingress: [ingress([range, "10.99.0.0/16"])] } },
    "database-clients-private",
    /10\.99/,
  ],
  [
    "closed to the application",
    { group: { ingress: [ingress(["10.20.0.0/16"])] } },
    "network-lets-the-application-in",
    /may not connect/,
  ],
  ["not peered", routed(), "network-lets-the-application-in", /accept the peering that Vercel asks for/],
  [
    "peered with another",
    routed(hop("10.61.0.0/20", { vpcPeeringConnectionId: "pcx-2" })),
    "network-lets-the-application-in",
    /no peering leads back/,
  ],
  [
    "led to by the internet",
    routed(
      hop(range, { vpcPeeringConnectionId: "pcx-1" }),
      hop(anywhere, { gatewayId: "igw-0a1b2c3d4e5f60001" }),
    ),
    "network-data-subnets-have-no-way-out",
    /gatewayId|0\.0\.0\.0\/0/,
  ],
  [
    "of the application's addresses",
    { vpc: { cidrBlock: "10.60.0.0/16" } },
    "network-ranges-apart",
    /overlaps/,
  ],
];
