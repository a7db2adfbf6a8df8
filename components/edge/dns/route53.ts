import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../../model/config/stack-spec.ts";
import type { Tier } from "../../../model/tier.ts";
import type { AwsTags } from "../../tags.ts";
import type { Distribution } from "../distribution.ts";
import { ExistingZone } from "../existing-zone.ts";
import { QueryLogs } from "../query-logs.ts";
import { ZoneSigning } from "../zone-signing.ts";
import { type Challenge, type Dns, ttl, vercelAddress, vercelHost } from "./dns.ts";

export interface Route53Args {
  readonly settings: Settings<"dns", "route53">;
  readonly domain: string;
  readonly usEast1: aws.Provider;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/** Records in a hosted zone: one of the domain's name that is made, or the one that the config names. */
export class Route53 implements Dns {
  readonly nameServers: pulumi.Output<string[]>;
  readonly dsRecord: pulumi.Output<string> | undefined;
  readonly zoneId: pulumi.Input<string>;
  readonly #domain: string;
  readonly #child: pulumi.CustomResourceOptions;

  /** @param parent the edge, of which all that is declared is a part */
  constructor(name: string, args: Route53Args, parent: pulumi.ComponentResource) {
    const { zoneId } = args.settings;
    const zone: HostedZone =
      zoneId === undefined
        ? makeZone(name, args, parent)
        : {
            zoneId,
            nameServers: new ExistingZone(`${name}-zone`, { ...args, zoneId }, { parent }).nameServers,
          };
    this.nameServers = zone.nameServers;
    this.dsRecord = zone.dsRecord;
    this.zoneId = zone.zoneId;
    this.#domain = args.domain;
    this.#child = { parent };
  }

  toDistribution(name: string, alias: Distribution["alias"]): void {
    for (const type of ["A", "AAAA"]) {
      const aliases = [{ ...alias, evaluateTargetHealth: false }];
      new aws.route53.Record(
        `${name}-${type.toLowerCase()}`,
        { zoneId: this.zoneId, name: this.#domain, type, aliases },
        this.#child,
      );
    }
  }

  toVercel(name: string, host: string): void {
    this.#declare(name, host, "CNAME", [vercelHost], ttl.usual);
  }

  toVercelsAddress(name: string): void {
    this.#declare(name, this.#domain, "A", [vercelAddress], ttl.usual);
  }

  prove(name: string, challenge: Challenge, opts: pulumi.CustomResourceOptions) {
    const record = new aws.route53.Record(
      name,
      {
        zoneId: this.zoneId,
        name: challenge.name,
        type: challenge.type,
        records: [challenge.value],
        ttl: ttl.challenge,
      },
      opts,
    );
    return [record.fqdn];
  }

  limitIssuers(name: string, issuers: readonly string[]): void {
    const entries = [...issuers.map((issuer) => `0 issue "${issuer}"`), '0 issuewild ";"'];
    this.#declare(name, this.#domain, "CAA", entries, ttl.issuers);
  }

  #declare(name: string, host: string, type: string, records: string[], seconds: number): void {
    new aws.route53.Record(
      name,
      { zoneId: this.zoneId, name: host, type, ttl: seconds, records },
      this.#child,
    );
  }
}

interface HostedZone {
  readonly zoneId: pulumi.Input<string>;
  readonly nameServers: pulumi.Output<string[]>;
  readonly dsRecord?: pulumi.Output<string>;
}

/** By hand, once: delegate the domain to `nameServers` where its parent zone is kept, as the first deployment asks. */
function makeZone(name: string, args: Route53Args, parent: pulumi.ComponentResource): HostedZone {
  const { domain, usEast1, tier, tags } = args;
  const production = tier === "production";
  const { zoneId, nameServers } = new aws.route53.Zone(
    name,
    { name: domain, comment: `Managed by ${pulumi.getProject()}`, tags },
    {
      parent,
      protect: production,
      retainOnDelete: production,
      // The certificate of the same run waits for it.
      hooks: { afterCreate: [({ newOutputs }) => askForDelegation(domain, newOutputs?.["nameServers"])] },
    },
  );
  new QueryLogs(
    `${name}-queries`,
    { domain, zoneId, retentionDays: args.settings.queryLogRetentionDays, usEast1, tags },
    { parent },
  );
  // Staging, which is made and thrown away, would leave its parent zone with a promise that nobody keeps.
  if (!production) return { zoneId, nameServers };
  const { dsRecord } = new ZoneSigning(`${name}-signing`, { zoneId, usEast1, tier, tags }, { parent });
  return { zoneId, nameServers, dsRecord };
}

/** Said once, when the zone is there and the deployment goes on. */
function askForDelegation(domain: string, nameServers: unknown): void {
  pulumi.log.warn(
    `Delegate ${domain} now, at its registrar or in its parent zone, to ${[nameServers].flat().join(", ")}: ` +
      "this update waits for the domain's certificate, 75 minutes at most. Where it gives up, run it again.",
  );
}
