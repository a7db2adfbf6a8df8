import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { dataSubnets } from "./network/subnet-plan.ts";
import { ServiceRole } from "./service-role.ts";
import type { AwsTags } from "./tags.ts";

export interface NetworkArgs {
  readonly settings: {
    readonly [K in "cidr" | "zones" | "logRetentionDays"]: NonNullable<
      Settings<"network", "secure-compute">[K]
    >;
  } & { readonly kind?: "secure-compute" | "static-ips" };
  /** The AWS region that it is in. */
  readonly region: string;
  readonly tier: Tier;
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly tags: AwsTags;
}

/**
 * The VPC of the data stores: a subnet in each zone, a locked default security group, and a log of all its traffic.
 * Clients come by VPC peering, whose route goes into `dataRouteTableId`; or, by static addresses, over the internet,
 * to which the subnets otherwise have no way. It has no NAT gateway and no VPC endpoints, since RDS and ElastiCache need neither.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** One for each zone, in the order of the zones. */
  readonly dataSubnetIds: readonly pulumi.Output<string>[];
  /** Routes of the data subnets: local ones, until a peering adds its own. */
  readonly dataRouteTableId: pulumi.Output<string>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Network", name, {}, opts);
    const vpc = new aws.ec2.Vpc(
      name,
      {
        cidrBlock: args.settings.cidr,
        // Peered clients find the data stores by their private DNS names.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: { ...args.tags, Name: name },
      },
      { parent: this },
    );
    // Declared without rules, so that whatever lands in it by default reaches nothing.
    new aws.ec2.DefaultSecurityGroup(
      name,
      { vpcId: vpc.id, ingress: [], egress: [], tags: args.tags },
      { parent: this },
    );
    const routes = new aws.ec2.RouteTable(
      `${name}-data`,
      { vpcId: vpc.id, tags: { ...args.tags, Name: `${name}-data` } },
      { parent: this },
    );

    if (args.settings.kind === "static-ips") this.#openToInternet(name, args, vpc, routes);

    this.vpcId = vpc.id;
    this.dataSubnetIds = this.#subnets(name, args, vpc, routes);
    this.dataRouteTableId = routes.id;
    this.#flowLog(name, args, vpc);
    this.registerOutputs({
      vpcId: this.vpcId,
      dataSubnetIds: this.dataSubnetIds,
      dataRouteTableId: this.dataRouteTableId,
    });
  }

  #subnets(
    name: string,
    { settings, tags }: NetworkArgs,
    vpc: aws.ec2.Vpc,
    routes: aws.ec2.RouteTable,
  ): pulumi.Output<string>[] {
    return dataSubnets(settings.cidr, settings.zones).map(({ zone, cidr }) => {
      const subnetName = `${name}-data-${zone}`;
      const subnet = new aws.ec2.Subnet(
        subnetName,
        {
          vpcId: vpc.id,
          availabilityZone: zone,
          cidrBlock: cidr,
          mapPublicIpOnLaunch: false,
          tags: { ...tags, Name: subnetName },
        },
        { parent: this },
      );
      new aws.ec2.RouteTableAssociation(
        subnetName,
        { subnetId: subnet.id, routeTableId: routes.id },
        { parent: this },
      );
      return subnet.id;
    });
  }

  /** Answers find their way to clients on the internet; who they are is for security groups to say. */
  #openToInternet(name: string, { tags }: NetworkArgs, vpc: aws.ec2.Vpc, routes: aws.ec2.RouteTable): void {
    const gateway = new aws.ec2.InternetGateway(
      name,
      { vpcId: vpc.id, tags: { ...tags, Name: name } },
      { parent: this },
    );
    new aws.ec2.Route(
      `${name}-data-internet`,
      { routeTableId: routes.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
      { parent: this },
    );
  }

  #flowLog(name: string, args: NetworkArgs, vpc: aws.ec2.Vpc): void {
    const { settings, region, tier, tags, permissionsBoundary } = args;
    const logGroupName = `/${tags.product}/${tags.environment}/vpc-flow-logs`;
    const key = new EncryptionKey(
      `${name}-logs`,
      { description: "VPC flow logs", logGroups: { region, pattern: logGroupName }, tier, tags },
      { parent: this },
    );
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-flow-logs`,
      { name: logGroupName, retentionInDays: settings.logRetentionDays, kmsKeyId: key.arn, tags },
      { parent: this },
    );
    const writer = new ServiceRole(
      `${name}-flow-logs`,
      {
        service: "vpc-flow-logs.amazonaws.com",
        // VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs", without creating groups.
        allow: [
          {
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: pulumi.interpolate`${logs.arn}:*`,
          },
          // A call that lists groups is of no single one.
          { Action: "logs:DescribeLogGroups", Resource: "*" },
        ],
        permissionsBoundary,
        tags,
      },
      { parent: this },
    );
    new aws.ec2.FlowLog(
      name,
      {
        vpcId: vpc.id,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: writer.arn,
        tags,
      },
      { parent: this },
    );
  }
}
