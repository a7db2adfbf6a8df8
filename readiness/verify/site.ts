/** A site as it is reached, for all checks: one address, one time at which everything has to be over. */
import { type Address, addressesOf, connects, isLoopback, isPrivate } from "./addresses.ts";
import { type Answer, exchange, type Request, type Route } from "./exchange.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import type { Subject } from "./subject.ts";

export interface Settings {
  readonly clock: () => Date;
  /** Milliseconds since 1970. */
  readonly ends: number;
  readonly milliseconds: number;
  /** What tests put in the place of the network. */
  readonly ca?: string;
  readonly httpPort?: number;
  readonly address?: Address;
  /** Name servers, as `127.0.0.1:53`; those of this machine where absent. */
  readonly nameServers?: readonly string[];
}

export class Site {
  readonly subject: Subject;
  readonly settings: Settings;
  readonly at: Address;
  /** On this machine, where no edge stands before it. */
  readonly local: boolean;
  #requests = 0;

  constructor(subject: Subject, settings: Settings, at: Address) {
    this.subject = subject;
    this.settings = settings;
    this.at = at;
    this.local = isLoopback(at.address) && settings.address === undefined;
  }

  get url(): URL {
    return this.subject.site;
  }

  get overTls(): boolean {
    return this.url.protocol === "https:";
  }

  get route(): Route {
    const { ends, milliseconds, ca } = this.settings;
    const limits = { exchangeMilliseconds: milliseconds };
    return { ...this.at, ends, limits, ...(ca !== undefined && { ca }) };
  }

  /** How often the site was asked: what is left of its rate limit is for the samples. */
  get requests(): number {
    return this.#requests;
  }

  /** A path of the site itself. */
  ask(path: string, request?: Request): Promise<Answer | NoAnswer> {
    this.#requests += 1;
    return exchange(new URL(path, this.url), this.route, request);
  }

  /** What a page loads from anywhere: nothing on a private network, where the page is a public one. */
  async askAnywhere(url: URL, request?: Request): Promise<Answer | NoAnswer> {
    if (url.origin === this.url.origin) return this.ask(url.pathname + url.search, request);
    if (!/^https?:$/.test(url.protocol))
      return { code: "SCHEME", failure: `is no address of the web (${url.protocol})` };
    const [at] = await addressesOf(url.hostname);
    if (!at) return { code: "ENOTFOUND", failure: "has a host without an address" };
    if (isPrivate(at.address) && !isPrivate(this.at.address)) {
      return { code: "PRIVATE", failure: "leads from the public web to a private network" };
    }
    return exchange(url, { ...this.route, ...at }, request);
  }
}

export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === "https:" ? 443 : 80));
}

/** The first address at which somebody listens. */
export async function reach(subject: Subject, settings: Settings): Promise<Site | NoAnswer> {
  const given = settings.address;
  const addresses = given ? [given] : await addressesOf(subject.site.hostname);
  if (addresses.length === 0) return { code: "ENOTFOUND", failure: "has a name without an address" };
  const port = portOf(subject.site);
  const found = await Promise.all(addresses.map((at) => connects(at, port, settings.milliseconds)));
  const at = addresses.find((_, i) => found[i] === true);
  if (at) return new Site(subject, settings, at);
  return noAnswer(String(found[0]), "", settings.milliseconds);
}
