import * as cloudflare from "@pulumi/cloudflare";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../../../model/config/stack-spec.ts";
import type { Tier } from "../../../model/tier.ts";
import type { Distribution } from "../distribution.ts";
import { type Challenge, type Dns, ttl, vercelAddress, vercelHost } from "./dns.ts";

export interface CloudflareArgs {
  readonly settings: Settings<"dns", "cloudflare">;
  readonly domain: string;
  readonly tier: Tier;
}

/**
 * Records in a zone that is there, at Cloudflare, whose proxy stays out of the way: behind it the edge would see
 * Cloudflare's addresses in the place of customers', and Vercel could not renew its certificate.
 * By hand, once: hand `dsRecord` to the registrar, unless that is Cloudflare itself.
 */
export class Cloudflare implements Dns {
  readonly dsRecord: pulumi.Output<string> | undefined;
  readonly #zoneId: string;
  readonly #domain: string;
  readonly #child: pulumi.CustomResourceOptions;

  /** @param parent the edge, of which all that is declared is a part */
  constructor(name: string, args: CloudflareArgs, parent: pulumi.ComponentResource) {
    const { settings, domain, tier } = args;
    const production = tier === "production";
    this.#zoneId = settings.zoneId;
    this.#domain = domain;
    this.#child = { parent };
    // The zone may be more than this stack's, but production is one of it: staging would switch it off with itself.
    this.dsRecord = production
      ? new cloudflare.ZoneDnssec(
          `${name}-signing`,
          { zoneId: settings.zoneId, status: "active" },
          { parent, protect: true, retainOnDelete: true },
        ).ds
      : undefined;
  }

  toDistribution(name: string, alias: Distribution["alias"]): void {
    // At the head of a zone Cloudflare answers with the addresses that the name has.
    this.#declare(`${name}-cname`, this.#domain, "CNAME", alias.name, ttl.usual);
  }

  toVercel(name: string, host: string): void {
    this.#declare(name, host, "CNAME", vercelHost, ttl.usual);
  }

  toVercelsAddress(name: string): void {
    this.#declare(name, this.#domain, "A", vercelAddress, ttl.usual);
  }

  prove(name: string, challenge: Challenge, opts: pulumi.CustomResourceOptions) {
    // AWS writes names with the dot at their end, which Cloudflare takes away and would show as drift.
    const plain = (text: pulumi.Input<string>) => pulumi.output(text).apply((t) => t.replace(/\.$/, ""));
    const record = new cloudflare.DnsRecord(
      name,
      {
        zoneId: this.#zoneId,
        name: plain(challenge.name),
        type: challenge.type,
        content: plain(challenge.value),
        ttl: ttl.challenge,
        proxied: false,
      },
      opts,
    );
    return [record.name];
  }

  limitIssuers(name: string, issuers: readonly string[]): void {
    const entries = [
      ...issuers.map((value) => ({ suffix: value.split(".")[0], tag: "issue", value })),
      { suffix: "wildcards", tag: "issuewild", value: ";" },
    ];
    for (const { suffix, tag, value } of entries) {
      new cloudflare.DnsRecord(
        `${name}-${suffix}`,
        {
          zoneId: this.#zoneId,
          name: this.#domain,
          type: "CAA",
          data: { flags: 0, tag, value },
          ttl: ttl.issuers,
          proxied: false,
        },
        this.#child,
      );
    }
  }

  #declare(name: string, host: string, type: string, content: pulumi.Input<string>, seconds: number): void {
    new cloudflare.DnsRecord(
      name,
      { zoneId: this.#zoneId, name: host, type, content, ttl: seconds, proxied: false },
      this.#child,
    );
  }
}
