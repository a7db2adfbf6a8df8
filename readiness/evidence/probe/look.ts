/** Looks at every page of a site, over HTTPS and over plain HTTP, and at each version of TLS. */

import {
  foreignOrigin,
  mostRedirects,
  redirectOf,
  type SiteRecord,
  staysOn,
  tlsVersions,
  type Walk,
} from "../../proofs/evidence/formats/site-probe/record.ts";
import { plainUrl, secureUrl } from "../../proofs/evidence/formats/site-probe.ts";
import type { Clock } from "../hand-in.ts";
import { shake } from "./handshake.ts";
import type { Reach } from "./reach.ts";
import { askSite } from "./request.ts";

export async function look(
  site: URL,
  paths: readonly string[],
  commit: string,
  reach: Reach,
  clock: Clock,
): Promise<SiteRecord> {
  const startedAt = clock().toISOString();
  const [handshakes, pages] = await Promise.all([
    Promise.all(tlsVersions.map((version) => shake(site.hostname, version, reach))),
    Promise.all(
      [...new Set(paths)].map(async (path) => {
        const [secure, plain] = await Promise.all([
          walk(secureUrl(site, path), site, reach),
          walk(plainUrl(site, path), site, reach),
        ]);
        return { path, secure, plain };
      }),
    ),
  ]);
  return {
    format: "site-probe-1.0",
    commit,
    origin: site.origin,
    address: reach.address,
    asOrigin: foreignOrigin,
    startedAt,
    finishedAt: clock().toISOString(),
    handshakes,
    pages,
  };
}

/** A page and its redirects, as long as they stay on the site: nobody else is asked anything. */
async function walk(start: string, site: URL, reach: Reach): Promise<Walk> {
  const exchanges: Walk["exchanges"] = [];
  let url = new URL(start);
  for (;;) {
    const answer = await askSite(url, reach);
    if ("failure" in answer) return { exchanges, failure: answer.failure };
    exchanges.push(answer.exchange);
    const next = redirectOf(answer.exchange);
    if (!next || exchanges.length > mostRedirects || !staysOn(site, next))
      return { exchanges, failure: null };
    url = next;
  }
}
