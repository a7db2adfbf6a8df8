/** A page and its redirects, as long as they stay on the site: nobody else is asked anything. */
import { type Answer, header, type Request } from "./exchange.ts";
import { usualLimits } from "./limits.ts";
import type { NoAnswer } from "./no-answer.ts";
import type { Site } from "./site.ts";

export interface Arrived {
  readonly answer: Answer;
  /** Where the first redirect led; nothing where there was none. */
  readonly sentTo: URL | undefined;
  readonly firstStatus: number;
}

export async function walk(site: Site, path: string, request?: Request): Promise<Arrived | NoAnswer> {
  let url = new URL(path, site.url);
  let first: { readonly status: number; readonly to: URL } | undefined;
  const been = new Set<string>();
  for (;;) {
    been.add(url.href);
    const answer = await site.ask(url.pathname + url.search, request);
    if ("failure" in answer)
      return first
        ? { ...answer, failure: `leads to ${first.to.pathname}, which ${answer.failure}` }
        : answer;
    if (![301, 302, 303, 307, 308].includes(answer.status)) {
      return { answer, sentTo: first?.to, firstStatus: first?.status ?? answer.status };
    }
    const next = onSite(site, answer);
    if ("failure" in next) return next;
    first ??= { status: answer.status, to: next };
    if (been.has(next.href))
      return { code: "LOOP", failure: `leads in a circle, over ${been.size} addresses` };
    if (been.size > usualLimits.redirects) {
      return { code: "LOOP", failure: `leads on and on, more than ${usualLimits.redirects} times` };
    }
    url = next;
  }
}

function onSite({ url: site }: Site, answer: Answer): URL | NoAnswer {
  const location = header(answer, "location");
  const to = location ? URL.parse(location, answer.url.href) : null;
  if (!to)
    return { code: "LOCATION", failure: `answers ${answer.status} with no Location that is an address` };
  if (!/^https?:$/.test(to.protocol))
    return { code: "SCHEME", failure: `leads to ${to.protocol}, which is no address of the web` };
  if (to.host !== site.host || to.username + to.password !== "") {
    return { code: "AWAY", failure: `leads away from its site, to ${to.host}` };
  }
  // The other way round it is the same site, one step safer; its own protocol asks for it.
  if (to.protocol !== site.protocol)
    return {
      code: "AWAY",
      failure: `leads from ${site.protocol.slice(0, -1)} to ${to.protocol.slice(0, -1)}`,
    };
  return to;
}
