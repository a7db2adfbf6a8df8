import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as vercel from "@pulumiverse/vercel";
import type { Settings, StackSpec } from "../../model/config/stack-spec.ts";

export interface PrivateNetworkArgs {
  readonly settings: Pick<
    Settings<"network", "secure-compute">,
    "privateNetworkCidr" | "peeringConnectionId"
  >;
  readonly vercel: Pick<StackSpec["vercel"], "teamId" | "region">;
  /** Product and stack: in Vercel's dashboard people choose the network by its name. */
  readonly label: string;
  /** Routes of the subnets that the services are to reach; absent where these are another program's to peer. */
  readonly routeTableId?: pulumi.Input<string> | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The network (Vercel Secure Compute) from which the services reach the data stores; one for all of a stack.
 *
 * By hand, once, since Vercel's provider cannot declare it: in Vercel's dashboard, under Connectivity, attach the
 * projects to the network and ask for peering with the VPC; then set the connection's id as `network.peeringConnectionId`.
 */
export class PrivateNetwork extends pulumi.ComponentResource {
  /** Addresses from which the services call the internet. */
  readonly egressIpAddresses: pulumi.Output<string[]>;

  constructor(name: string, args: PrivateNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:PrivateNetwork", name, {}, opts);
    const { teamId, region } = args.vercel;
    const { privateNetworkCidr: cidr, peeringConnectionId } = args.settings;

    const network = new vercel.Network(name, { name: args.label, teamId, region, cidr }, { parent: this });
    if (peeringConnectionId !== undefined && args.routeTableId !== undefined) {
      const accepter = new aws.ec2.VpcPeeringConnectionAccepter(
        name,
        { vpcPeeringConnectionId: peeringConnectionId, autoAccept: true, tags: args.tags },
        { parent: this },
      );
      new aws.ec2.Route(
        name,
        {
          routeTableId: args.routeTableId,
          destinationCidrBlock: cidr,
          vpcPeeringConnectionId: accepter.id,
        },
        { parent: this },
      );
    }

    this.egressIpAddresses = network.egressIpAddresses;
    this.registerOutputs({ egressIpAddresses: this.egressIpAddresses });
  }
}
