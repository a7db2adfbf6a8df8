import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsTags } from "./tags.ts";

export interface StoreSecurityGroupArgs {
  /** What it protects, for the description. */
  readonly store: string;
  readonly vpcId: pulumi.Input<string>;
  /** The one TCP port that clients reach. */
  readonly port: number;
  /** Address ranges of the clients. */
  readonly clientCidrs: readonly string[];
  readonly tags: AwsTags;
}

/** The firewall of a data store: clients reach its port, and it reaches nothing. */
export class StoreSecurityGroup extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: StoreSecurityGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:StoreSecurityGroup", name, {}, opts);
    const group = new aws.ec2.SecurityGroup(
      name,
      {
        description: `Clients of the ${args.store}`,
        vpcId: args.vpcId,
        // Explicit: AWS opens a new group to the outside by default.
        egress: [],
        tags: { ...args.tags, Name: name },
      },
      { parent: this },
    );
    for (const cidr of args.clientCidrs) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${cidr}`,
        {
          securityGroupId: group.id,
          description: `Clients in ${cidr}`,
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: args.port,
          toPort: args.port,
          tags: args.tags,
        },
        { parent: this },
      );
    }
    this.id = group.id;
    this.registerOutputs({ id: this.id });
  }
}
