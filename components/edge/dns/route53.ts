import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../../model/config/stack-spec.ts";
import type { Tier } from "../../../model/tier.ts";
import type { AwsTags } from "../../tags.ts";
import type { Distribution } from "../distribution.ts";
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

/**
 * A hosted zone of the domain's name. By hand, once: delegate the domain to `nameServers` where its parent zone is
 * kept, as the first deployment asks.
 */
export class Route53 implements Dns {
  readonly nameServers: pulumi.Output<string[]>;
  readonly dsRecord: pulumi.Output<string> | undefined;
  readonly zoneId: pulumi.Output<string>;
  readonly #domain: string;
  readonly #child: pulumi.CustomResourceOptions;

  /** @param parent the edge, of which all that is declared is a part */
  constructor(name: string, args: Route53Args, parent: pulumi.ComponentResource) {
    const { domain, usEast1, tier, tags } = args;
    const production = tier === "production";
    const zone = new aws.route53.Zone(
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
    const { zoneId } = zone;
    new QueryLogs(
      `${name}-queries`,
      { domain, zoneId, retentionDays: args.settings.queryLogRetentionDays, usEast1, tags },
      { parent },
    );
    // Staging, which is made and thrown away, would leave its parent zone with a promise that nobody keeps.
    const signing = production
      ? new ZoneSigning(`${name}-signing`, { zoneId, usEast1, tier, tags }, { parent })
      : undefined;

    this.nameServers = zone.nameServers;
    this.dsRecord = signing?.dsRecord;
    this.zoneId = zoneId;
    this.#domain = domain;
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

/** Said once, when the zone is there and the deployment goes on. */
function askForDelegation(domain: string, nameServers: unknown): void {
  pulumi.log.warn(
    `Delegate ${domain} now, at its registrar or in its parent zone, to ${[nameServers].flat().join(", ")}: ` +
      "this update waits for the domain's certificate, 75 minutes at most. Where it gives up, run it again.",
  );
}
