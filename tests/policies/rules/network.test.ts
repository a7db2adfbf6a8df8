import { describe, expect, it } from "vitest";
import { networkRules } from "../../../policies/rules/network.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

const vpc = (props = {}) => resource("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.40.0.0/16", ...props });
const subnets = (zones: readonly (string | undefined)[]) =>
  zones.map((availabilityZone, i) =>
    resource(
      "aws:ec2/subnet:Subnet",
      `data-${i}`,
      { availabilityZone, cidrBlock: `10.40.${i}.0/24` },
      { vpcId: [vpc()] },
    ),
  );
const table = (props = {}) => resource("aws:ec2/routeTable:RouteTable", "data", props);
const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(networkRules, id, resources, stack).outcome;

describe("network-data-subnets-span-zones", () => {
  const stack = (zones: readonly (string | undefined)[]) => {
    const members = subnets(zones);
    return [
      ...members,
      resource(
        "aws:rds/subnetGroup:SubnetGroup",
        "db",
        { subnetIds: members.map(() => unknown) },
        { subnetIds: members },
      ),
    ];
  };

  it.each([
    ["prod", ["a", "b", "c"], "pass"],
    ["prod", ["a", "b", "b"], "fail"],
    ["prod", ["a", "b", undefined], "fail"],
    ["prod", ["a", "b", unknown], "unknown"],
    ["prod", [], "fail"],
    ["staging", ["a", "b"], "pass"],
    ["staging", ["a", "a"], "fail"],
  ])("in %s with zones %j: %s", (name, zones, expected) => {
    expect(outcome("network-data-subnets-span-zones", stack(zones), name)).toBe(expected);
  });
});

describe("network-data-subnets-have-no-way-out", () => {
  const stack = (routes: Registration, ...more: Registration[]) => {
    const members = subnets(["a", "b"]);
    return [
      vpc(),
      ...members,
      routes,
      ...members.map((s, i) =>
        resource(
          "aws:ec2/routeTableAssociation:RouteTableAssociation",
          `${i}`,
          {},
          { subnetId: [s], routeTableId: [routes] },
        ),
      ),
      resource(
        "aws:elasticache/subnetGroup:SubnetGroup",
        "cache",
        { subnetIds: [unknown, unknown] },
        { subnetIds: members },
      ),
      ...more,
    ];
  };
  const route = (to: Registration, props: Readonly<Record<string, unknown>>) =>
    resource("aws:ec2/route:Route", "route", props, { routeTableId: [to] });
  const own = table();
  const otherTable = resource("aws:ec2/routeTable:RouteTable", "public");

  it.each([
    ["no routes", stack(own), "pass"],
    ["a route to the peered network", stack(table({ routes: [{ cidrBlock: "10.60.0.0/20" }] })), "pass"],
    [
      "a route through the peering",
      stack(table({ routes: [{ cidrBlock: "10.60.0.0/20", vpcPeeringConnectionId: "pcx-1" }] })),
      "pass",
    ],
    ["half of the internet", stack(table({ routes: [{ cidrBlock: "0.0.0.0/1" }] })), "fail"],
    ["all of IPv6's internet", stack(table({ routes: [{ ipv6CidrBlock: "2000::/3" }] })), "fail"],
    ["a prefix list", stack(table({ routes: [{ destinationPrefixListId: "pl-1" }] })), "unknown"],
    [
      "a private network through a gateway",
      stack(table({ routes: [{ cidrBlock: "10.60.0.0/20", transitGatewayId: "tgw-1" }] })),
      "unknown",
    ],
    ["nobody knows where", stack(own, route(own, {})), "unknown"],
    ["what a gateway tells", stack(table({ propagatingVgws: ["vgw-1"] })), "unknown"],
    ["an inline default route", stack(table({ routes: [{ cidrBlock: "0.0.0.0/0" }] })), "fail"],
    ["an inline default route of IPv6", stack(table({ routes: [{ ipv6CidrBlock: "::/0" }] })), "fail"],
    ["a default route beside", stack(own, route(own, { destinationCidrBlock: "0.0.0.0/0" })), "fail"],
    [
      "the same in another table",
      stack(own, otherTable, route(otherTable, { destinationCidrBlock: "0.0.0.0/0" })),
      "pass",
    ],
    [
      "a route out of a table of another stack",
      stack(own, resource("aws:ec2/route:Route", "r", {})),
      "unknown",
    ],
    ["a route that is not known yet", stack(own, route(own, { destinationCidrBlock: unknown })), "unknown"],
    ["no table of its own", stack(own).filter((r) => !/Association:/.test(r.type)), "fail"],
    ["no subnets", [], "fail"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("network-data-subnets-have-no-way-out", resources)).toBe(expected);
  });

  it("tells of a table once, however many subnets use it", () => {
    const resources = stack(table({ routes: [{ cidrBlock: "0.0.0.0/0" }] }));
    expect(judge(networkRules, "network-data-subnets-have-no-way-out", resources).messages).toHaveLength(1);
  });
});

it.each([
  ["of all traffic", { trafficType: "ALL" }, true, "pass"],
  ["of refused traffic", { trafficType: "REJECT" }, true, "fail"],
  ["of all traffic of another network", { trafficType: "ALL" }, false, "fail"],
  ["of what is not known yet", { trafficType: unknown }, true, "unknown"],
])("network-traffic-logged: a flow log %s", (_, props, own, expected) => {
  const network = vpc();
  const log = resource("aws:ec2/flowLog:FlowLog", "log", props, own ? { vpcId: [network] } : {});
  expect(outcome("network-traffic-logged", [network, log])).toBe(expected);
});

it.each([
  ["prod", 365, "pass"],
  ["prod", 180, "fail"],
  ["prod", unknown, "unknown"],
  ["staging", 30, "pass"],
  ["staging", 7, "fail"],
])("network-traffic-logs-kept: in %s for %s days", (stack, retentionInDays, expected) => {
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "group", { retentionInDays });
  const log = resource("aws:ec2/flowLog:FlowLog", "log", {}, { logDestination: [group] });
  expect(outcome("network-traffic-logs-kept", [group, log], stack)).toBe(expected);
});

it.each([
  ["without rules", { ingress: [], egress: [] }, "pass"],
  ["that nobody wrote down", {}, "fail"],
  ["with a way out", { ingress: [], egress: [{ protocol: "-1" }] }, "fail"],
  ["that is not known yet", { ingress: unknown, egress: [] }, "unknown"],
])("network-default-security-group-closed: a group %s", (_, props, expected) => {
  const network = vpc();
  const group = resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", props, {
    vpcId: [network],
  });
  expect(outcome("network-default-security-group-closed", [network, group])).toBe(expected);
});

it.each([
  ["10.60.0.0/20", "pass"],
  ["10.40.240.0/20", "fail"],
  ["10.0.0.0/8", "fail"],
  ["52.0.0.0/16", "fail"],
  [unknown, "unknown"],
])("network-ranges-apart: the application's network is %s", (cidr, expected) => {
  const clients = resource("vercel:index/network:Network", "private", { cidr });
  expect(outcome("network-ranges-apart", [vpc(), clients])).toBe(expected);
});

describe("network-traffic-logs-arrive", () => {
  const role = resource("aws:iam/role:Role", "writer");
  const grant = (Action: unknown) =>
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "p",
      { policy: { Statement: { Effect: "Allow", Action, Resource: unknown } } },
      { role: [role] },
    );
  const log = (props = {}) => resource("aws:ec2/flowLog:FlowLog", "log", props, { iamRoleArn: [role] });

  it.each<[string, Registration[], string]>([
    ["written by its role", [log(), role, grant("logs:*")], "pass"],
    ["written by a role that may create streams alone", [log(), role, grant("logs:Create*")], "fail"],
    ["written by a role without rights", [log(), role], "fail"],
    ["written by nobody", [resource("aws:ec2/flowLog:FlowLog", "log")], "fail"],
    ["in a bucket", [log({ logDestinationType: "s3" }), role, grant("logs:*")], "unknown"],
    ["in another account", [log({ deliverCrossAccountRole: "arn" }), role, grant("logs:*")], "unknown"],
  ])("%s", (_, resources, expected) => {
    expect(outcome("network-traffic-logs-arrive", resources)).toBe(expected);
  });
});

it.each([
  ["nothing of its own", undefined, "pass"],
  [
    "all that is needed",
    ["srcaddr", "dstaddr", "srcport", "dstport", "protocol", "start", "end", "action"],
    "pass",
  ],
  ["no addresses", ["start", "end", "action"], "fail"],
])("network-traffic-logged: a record tells %s", (_, fields, expected) => {
  const logFormat = fields?.map((field) => `\${${field}}`).join(" ");
  const network = vpc();
  const log = resource(
    "aws:ec2/flowLog:FlowLog",
    "log",
    { trafficType: "ALL", logFormat },
    { vpcId: [network] },
  );
  expect(outcome("network-traffic-logged", [network, log])).toBe(expected);
});

it.each([
  ["no public addresses", { mapPublicIpOnLaunch: false }, "pass"],
  ["nobody knows what", {}, "fail"],
  ["public addresses of IPv6", { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: true }, "fail"],
])("network-subnets-give-no-public-addresses: a subnet gives %s", (_, props, expected) => {
  expect(
    outcome("network-subnets-give-no-public-addresses", [resource("aws:ec2/subnet:Subnet", "s", props)]),
  ).toBe(expected);
});

it("network-security-rules-of-this-stack: a rule for another stack's group is in doubt", () => {
  const rule = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "r", {
    securityGroupId: "sg-1",
  });
  expect(outcome("network-security-rules-of-this-stack", [rule])).toBe("unknown");
});

describe("network-lets-the-application-in", () => {
  const clients = resource("vercel:index/network:Network", "clients", { cidr: "10.60.0.0/20" });
  const stack = (...cidrBlocks: string[]) => {
    const ingress = [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks }];
    const group = resource("aws:ec2/securityGroup:SecurityGroup", "db", { ingress });
    return [
      clients,
      group,
      resource("aws:rds/instance:Instance", "db", {}, { vpcSecurityGroupIds: [group] }),
    ];
  };

  it.each<[string, Registration[], string]>([
    ["all of it", stack("10.60.0.0/20"), "pass"],
    ["more than it", stack("10.60.0.0/16"), "pass"],
    ["a part of it", stack("10.60.0.0/21"), "fail"],
    ["nobody", stack(), "fail"],
  ])("lets in %s", (_, resources, expected) => {
    expect(outcome("network-lets-the-application-in", resources)).toBe(expected);
  });
});
