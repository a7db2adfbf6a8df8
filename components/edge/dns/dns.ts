/** Where the domain's records are kept: what each kind of it does for an edge. */
import type * as pulumi from "@pulumi/pulumi";
import type { WantedRecord } from "../../../model/evidence/dns-records.ts";
import type { Distribution } from "../distribution.ts";

/** What proves to an authority that a host is ours. */
export interface Challenge {
  readonly name: pulumi.Input<string>;
  readonly type: pulumi.Input<string>;
  readonly value: pulumi.Input<string>;
}

export interface Dns {
  /** Leads the domain to a distribution, over IPv4 and IPv6. */
  toDistribution(name: string, alias: Distribution["alias"]): void;
  /** Leads a host to Vercel by a name. */
  toVercel(name: string, host: string): void;
  /** Leads the domain to Vercel by an address, beside which other records may stand. */
  toVercelsAddress(name: string): void;
  /** @returns the names to wait for; nothing where somebody else has to declare them */
  prove(
    name: string,
    challenge: Challenge,
    opts: pulumi.CustomResourceOptions,
  ): pulumi.Input<string>[] | undefined;
  /** Says who alone may issue certificates for the domain; nobody may issue wildcards. */
  limitIssuers(name: string, issuers: readonly string[]): void;
  /** Of a zone that has yet to be delegated. */
  readonly nameServers?: pulumi.Output<string[]>;
  /** For the parent zone, in production. */
  readonly dsRecord?: pulumi.Output<string> | undefined;
  /** What somebody else has to declare. */
  readonly wanted?: pulumi.Output<readonly WantedRecord[]>;
}

/** Where Vercel answers: "Setting up a custom domain". The address is the same everywhere, by anycast. */
export const vercelHost = "cname.vercel-dns.com";
export const vercelAddress = "76.76.21.21";

/** Seconds. */
export const ttl = { usual: 300, issuers: 3600, challenge: 60 } as const;
