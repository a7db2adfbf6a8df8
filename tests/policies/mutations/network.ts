import { drop, type Mutation, on, set } from "./mutation.ts";
import { unlink } from "./unlink.ts";

const vpc = "aws:ec2/vpc:Vpc";
const logs = { type: "aws:cloudwatch/logGroup:LogGroup", name: /flow-logs$/ };

export const networkMutations: readonly Mutation[] = [
  {
    rule: "network-data-subnets-span-zones",
    title: "two of three subnets lie in the same zone",
    change: on({ type: "aws:ec2/subnet:Subnet", name: /c$/ }, set("availabilityZone", "eu-central-1a")),
  },
  {
    rule: "network-subnets-give-no-public-addresses",
    title: "a data subnet hands out public addresses",
    change: on({ type: "aws:ec2/subnet:Subnet", name: /b$/ }, set("mapPublicIpOnLaunch", true)),
  },
  {
    rule: "network-data-subnets-have-no-way-out",
    title: "the data subnets have a default route",
    change: on(
      "aws:ec2/routeTable:RouteTable",
      set("routes", [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0123456789abcdef0" }]),
    ),
  },
  {
    rule: "network-data-subnets-have-no-way-out",
    title: "a data subnet falls back to the VPC's main route table",
    change: drop({ type: "aws:ec2/routeTableAssociation:RouteTableAssociation", name: /a$/ }),
  },
  {
    rule: "network-data-subnets-have-no-way-out",
    title: "the data subnets have a route to each half of the internet",
    change: on(
      "aws:ec2/routeTable:RouteTable",
      set(
        "routes",
        ["0.0.0.0/1", "128.0.0.0/1"].map((cidrBlock) => ({ cidrBlock, vpcPeeringConnectionId: "pcx-1" })),
      ),
    ),
  },
  {
    rule: "network-data-subnets-have-no-way-out",
    title: "a store lives in a subnet of another stack, too",
    change: on("aws:rds/subnetGroup:SubnetGroup", (r) =>
      set("subnetIds", [...(r.props["subnetIds"] as readonly string[]), "subnet-0123456789abcdef0"])(r),
    ),
  },
  {
    rule: "network-security-rules-of-this-stack",
    also: ["network-lets-the-application-in"],
    title: "a rule opens a group of another stack",
    change: on(
      { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-cache-/ },
      unlink("securityGroupId"),
    ),
  },
  {
    rule: "network-administration-closed",
    also: ["database-clients-private"],
    title: "SSH is open to the internet",
    change: on({ type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-db-/ }, (r) => ({
      ...r,
      props: { ...r.props, cidrIpv4: "0.0.0.0/0", fromPort: 22, toPort: 22 },
    })),
  },
  {
    rule: "network-traffic-logs-arrive",
    title: "the flow logs' role may not write them",
    change: drop({ type: "aws:iam/rolePolicy:RolePolicy", name: /-flow-logs$/ }),
  },
  {
    rule: "network-traffic-logged",
    title: "the flow logs tell no addresses",
    change: on(
      "aws:ec2/flowLog:FlowLog",
      set("logFormat", ["start", "end", "action"].map((field) => `\${${field}}`).join(" ")),
    ),
  },
  {
    rule: "network-traffic-logged",
    title: "only refused traffic is logged",
    change: on("aws:ec2/flowLog:FlowLog", set("trafficType", "REJECT")),
  },
  {
    rule: "network-traffic-logs-kept",
    title: "flow logs are kept for a week",
    change: on(logs, set("retentionInDays", 7)),
  },
  {
    rule: "network-traffic-logs-encrypted",
    title: "flow logs are encrypted with CloudWatch's key",
    change: on(logs, unlink("kmsKeyId")),
  },
  {
    rule: "network-default-security-group-closed",
    title: "the default security group is left as AWS makes it",
    change: drop("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"),
  },
  {
    rule: "network-default-security-group-closed",
    title: "the default security group lets its members talk",
    change: on(
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      set("ingress", [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }]),
    ),
  },
  {
    rule: "network-names-resolve",
    title: "the VPC gives no DNS names",
    change: on(vpc, set("enableDnsHostnames", false)),
  },
  {
    rule: "network-ranges-apart",
    also: ["database-clients-private", "cache-clients-private", "network-lets-the-application-in"],
    title: "the application's addresses are others'",
    change: on("vercel:index/network:Network", set("cidr", "52.0.0.0/16")),
  },
  {
    rule: "network-ranges-apart",
    also: ["network-data-subnets-have-no-way-out"],
    title: "the VPC takes the range of the application's network",
    change: on(vpc, set("cidrBlock", "10.60.0.0/16")),
  },
  {
    rule: "network-lets-the-application-in",
    title: "nobody may connect to the database",
    change: drop({ type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", name: /-db-/ }),
  },
  {
    rule: "network-data-subnets-have-no-way-out",
    title: "a data subnet has addresses of another network",
    change: on({ type: "aws:ec2/subnet:Subnet", name: /b$/ }, set("cidrBlock", "192.0.2.0/24")),
  },
];
