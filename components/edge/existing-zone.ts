import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../model/config/stack-spec.ts";
import type { Tier } from "../../model/tier.ts";
import { ExistingParts } from "../database/existing-parts.ts";

export interface ExistingZoneArgs {
  readonly zoneId: string;
  readonly settings: Pick<Settings<"dns", "route53">, "queryLogId">;
  readonly usEast1: aws.Provider;
  readonly tier: Tier;
}

/** A hosted zone that is there already, with its signing and its log: read to be judged, and never changed. */
export class ExistingZone extends pulumi.ComponentResource {
  readonly nameServers: pulumi.Output<string[]>;

  constructor(name: string, args: ExistingZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ExistingZone", name, {}, opts);
    const { zoneId, settings, usEast1, tier } = args;
    const parent = { parent: this };
    const zone = aws.route53.Zone.get(name, zoneId, {}, parent);
    // Nothing asks for it elsewhere.
    if (tier === "production") aws.route53.HostedZoneDnsSec.get(name, zoneId, {}, parent);
    if (settings.queryLogId !== undefined) {
      const log = aws.route53.QueryLog.get(name, settings.queryLogId, {}, parent);
      new ExistingParts(name, this, undefined, usEast1).logGroups(
        log.cloudwatchLogGroupArn.apply((arn) => [arn.split(":")[6]]),
      );
    }
    this.nameServers = zone.nameServers;
    this.registerOutputs({ nameServers: this.nameServers });
  }
}
