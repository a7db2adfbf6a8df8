/** Where a site's name leads, and how much is taken from there. */
import { ADDRCONFIG } from "node:dns";
import { lookup } from "node:dns/promises";
import { UsageError } from "../../errors.ts";

/** One address for the whole look, which no redirect and no later answer of a name server can change. */
export interface Reach {
  readonly address: string;
  readonly httpsPort: number;
  readonly httpPort: number;
  /** Certificates in PEM that are trusted; those of Node.js where absent, NODE_EXTRA_CA_CERTS among them. */
  readonly ca?: string;
  /** For one request or handshake, from the first packet to the last. */
  readonly milliseconds: number;
}

/** Of headers, and of a body. */
export const mostBytes = 256 * 1024;

/** @throws UsageError for a name that leads nowhere: nothing could be seen of the site */
export async function reachOf(host: string): Promise<Reach> {
  try {
    const { address } = await lookup(host, { hints: ADDRCONFIG, order: "ipv4first" });
    return { address, httpsPort: 443, httpPort: 80, milliseconds: 10_000 };
  } catch (error) {
    const code = Object(error).code ?? error;
    throw new UsageError(
      `--url https://${host}: the name has no address (${code}), must be delegated and reachable`,
    );
  }
}
