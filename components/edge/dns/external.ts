import * as pulumi from "@pulumi/pulumi";
import type { WantedRecord } from "../../../model/evidence/dns-records.ts";
import type { Distribution } from "../distribution.ts";
import { type Challenge, type Dns, vercelAddress, vercelHost } from "./dns.ts";

type Wanted = { readonly [K in keyof WantedRecord]: pulumi.Input<WantedRecord[K]> };

/** Records that somebody declares by hand, wherever the domain's are: they are said, and nothing is declared. */
export class ExternalDns implements Dns {
  readonly #domain: string;
  readonly #wanted: Wanted[] = [];

  constructor(domain: string) {
    this.#domain = domain;
  }

  get wanted(): pulumi.Output<readonly WantedRecord[]> {
    return pulumi.output(this.#wanted);
  }

  toDistribution(_: string, alias: Distribution["alias"]): void {
    // At the head of a zone, whatever its vendor calls a name in the place of addresses: ALIAS, ANAME, flattening.
    this.#want(this.#domain, "CNAME", alias.name);
  }

  toVercel(_: string, host: string): void {
    this.#want(host, "CNAME", vercelHost);
  }

  toVercelsAddress(): void {
    this.#want(this.#domain, "A", vercelAddress);
  }

  prove(_: string, { name, type, value }: Challenge): undefined {
    this.#want(name, type, value);
  }

  limitIssuers(_: string, issuers: readonly string[]): void {
    for (const issuer of issuers) this.#want(this.#domain, "CAA", `0 issue "${issuer}"`);
    this.#want(this.#domain, "CAA", '0 issuewild ";"');
  }

  #want(name: pulumi.Input<string>, type: pulumi.Input<string>, value: pulumi.Input<string>): void {
    this.#wanted.push({ name, type, value });
  }
}
