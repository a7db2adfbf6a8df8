import * as pulumi from "@pulumi/pulumi";
import { type DnsArgs, declareDns } from "./edge/declare-dns.ts";
import type { Dns } from "./edge/dns/dns.ts";

/**
 * The way of every request where Vercel's own edge is the first that it reaches: DNS alone. Vercel has the certificate
 * and sends plain HTTP on to HTTPS; the firewall is the project's (components/app/firewall.ts), and the app sends the
 * security headers.
 */
export class VercelEdge extends pulumi.ComponentResource {
  readonly dns: Dns;

  constructor(name: string, args: DnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:VercelEdge", name, {}, opts);
    this.dns = declareDns(name, args, this);
    this.dns.toVercelsAddress(`${name}-a`);
    this.dns.limitIssuers(`${name}-caa`, ["letsencrypt.org"]);
    this.registerOutputs();
  }
}
