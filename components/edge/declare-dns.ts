/** The domain's records, kept where the spec says. */
import type * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Tier } from "../../model/tier.ts";
import type { Providers } from "../providers.ts";
import type { AwsTags } from "../tags.ts";
import { Cloudflare } from "./dns/cloudflare.ts";
import type { Dns } from "./dns/dns.ts";
import { ExternalDns } from "./dns/external.ts";
import { Route53 } from "./dns/route53.ts";

export interface DnsArgs {
  readonly dns: StackSpec["dns"];
  /** Host name that customers use. */
  readonly domain: string;
  /** Route 53's logs and keys live in us-east-1, as CloudFront's certificate, web ACL and log delivery do. */
  readonly providers: Pick<Providers, "usEast1">;
  readonly tier: Tier;
  readonly tags: AwsTags;
}

/** @param parent the component of which the records are a part */
export function declareDns(name: string, args: DnsArgs, parent: pulumi.ComponentResource): Dns {
  const { dns: settings } = args;
  switch (settings.kind) {
    case "route53":
      return new Route53(name, { ...args, usEast1: args.providers.usEast1, settings }, parent);
    case "cloudflare":
      return new Cloudflare(name, { ...args, settings }, parent);
    case "external":
      return new ExternalDns(args.domain);
  }
}
