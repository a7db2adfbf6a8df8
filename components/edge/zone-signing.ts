import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tier } from "../../model/tier.ts";
import { EncryptionKey } from "../encryption-key.ts";
import type { AwsTags } from "../tags.ts";

export interface ZoneSigningArgs {
  readonly zoneId: pulumi.Input<string>;
  /** Route 53 takes keys of DNSSEC from us-east-1 alone. */
  readonly usEast1: aws.Provider;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/**
 * DNSSEC: resolvers refuse answers about the domain that somebody else made up. A dollar a month for the key. By hand,
 * once: hand `dsRecord` to where the parent zone is kept, a day after signing began; until then nothing is checked.
 * Take it out there, and wait for two days, before the zone or its signing goes: without a signature that it promises,
 * the domain is answered to nobody.
 */
export class ZoneSigning extends pulumi.ComponentResource {
  /** For the parent zone. */
  readonly dsRecord: pulumi.Output<string>;

  constructor(name: string, args: ZoneSigningArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ZoneSigning", name, {}, opts);
    const kept = args.tier === "production";
    const stateful = { parent: this, protect: kept, retainOnDelete: kept };

    const key = new EncryptionKey(
      name,
      { description: "Signs the domain's DNS", signsZones: true, tier: args.tier, tags: args.tags },
      { parent: this, provider: args.usEast1 },
    );
    const signer = new aws.route53.KeySigningKey(
      name,
      {
        // Letters, digits and underscores.
        name: name.replaceAll("-", "_"),
        hostedZoneId: args.zoneId,
        keyManagementServiceArn: key.arn,
      },
      stateful,
    );
    new aws.route53.HostedZoneDnsSec(
      name,
      { hostedZoneId: args.zoneId },
      { ...stateful, dependsOn: [signer] },
    );

    this.dsRecord = signer.dsRecord;
    this.registerOutputs({ dsRecord: this.dsRecord });
  }
}
