/** Whether the way to a page is as it must be. */
import { oneLine } from "../values.ts";
import {
  type Exchange,
  mostRedirects,
  redirectOf,
  type SiteRecord,
  staysOn,
  valuesOf,
  type Walk,
} from "./record.ts";

/** Why a walk is none that a look makes; undefined where it is one. */
export function contradiction(walk: Walk, start: string, site: URL): string | undefined {
  const { exchanges, failure } = walk;
  if (exchanges.length === 0 && failure === null) return `nothing is said of ${start}`;
  for (const [i, exchange] of exchanges.entries()) {
    const before = exchanges[i - 1];
    const wanted = before === undefined ? start : redirectOf(before)?.href;
    if (exchange.url !== wanted) return `${oneLine(exchange.url)} does not follow from what is before it`;
    if (!staysOn(site, new URL(exchange.url))) return `${oneLine(exchange.url)} is not of the site`;
    if (exchange.url.startsWith("https:") !== (exchange.certificate !== null)) {
      return `${oneLine(exchange.url)} must have a certificate where it is HTTPS, and only there`;
    }
  }
  const next = nextOf(walk);
  const followed = next !== undefined && exchanges.length <= mostRedirects && staysOn(site, next);
  if (failure === null && followed) return `${oneLine(next.href)} was not followed`;
  if (failure !== null && exchanges.length > 0 && !followed) return "what failed was not to be asked";
  return undefined;
}

/** Where the last answer leads; undefined where it is the page itself, or leads to nothing. */
function nextOf({ exchanges }: Walk): URL | undefined {
  const last = exchanges.at(-1);
  return (last && redirectOf(last)) ?? undefined;
}

/** The answer that a walk ends with, or what is wrong with it: said after the page's address. */
export function endOf(walk: Walk, site: URL): { readonly page: Exchange } | { readonly problem: string } {
  const { exchanges, failure } = walk;
  const last = exchanges.at(-1);
  const unsecured = exchanges.find(({ url }, i) => i > 0 && url.startsWith("http:"));
  if (unsecured) return { problem: `redirects to ${oneLine(unsecured.url)}` };
  if (failure !== null || last === undefined) {
    const after = last === undefined ? "" : ` after a redirect to ${oneLine(redirectOf(last)?.href ?? "")}`;
    return { problem: `does not answer${after} (${oneLine(failure?.code ?? "no request")})` };
  }
  const distrusted = exchanges.find(({ certificate }) => (certificate?.distrust ?? null) !== null);
  if (distrusted) {
    return {
      problem: `has a certificate that is not trusted: ${oneLine(distrusted.certificate?.distrust ?? "")}`,
    };
  }
  const to = redirectOf(last);
  if (to === null) return { problem: `answers ${last.status} with no Location that is an address` };
  if (to !== undefined) {
    if (staysOn(site, to)) return { problem: `redirects more than ${mostRedirects} times` };
    return { problem: `redirects to ${oneLine(to.href)}, which is not of ${site.host}` };
  }
  if (last.status < 200 || last.status >= 300) return { problem: `answers ${last.status}` };
  return { page: last };
}

/** What is wrong with a page over plain HTTP; null where nothing is. */
export function plainProblem(walk: Walk, site: URL): string | null {
  const { exchanges, failure } = walk;
  const [first] = exchanges;
  if (first === undefined) {
    // Whoever answers nothing else may still answer others: only a port that is closed is closed to all.
    if (failure?.phase === "connect" && failure.code === "ECONNREFUSED") return null;
    return `does not answer (${oneLine(failure?.code ?? "no request")})`;
  }
  const to = redirectOf(first);
  if (to === undefined) return `answers ${first.status}`;
  if (to === null) return `answers ${first.status} with no Location that is an address`;
  if (to.protocol !== "https:" || !staysOn(site, to)) return `redirects to ${oneLine(to.href)}`;
  const end = endOf(walk, site);
  return "problem" in end ? end.problem : null;
}

/**
 * Seconds that the clock of the look is ahead of the site's (behind where negative), by the answer that is nearest:
 * one from a cache is as old as its Age says, or older.
 */
export function clockSeconds({ pages, startedAt, finishedAt }: SiteRecord): number | null {
  const [from, to] = [Date.parse(startedAt), Date.parse(finishedAt)];
  const skews = pages
    .flatMap(({ secure, plain }) => [...secure.exchanges, ...plain.exchanges])
    .flatMap((exchange) => {
      const date = Date.parse(valuesOf(exchange, "date")[0] ?? "");
      const age = Number(valuesOf(exchange, "age")[0] ?? 0);
      if (Number.isNaN(date)) return [];
      const there = date + (Number.isInteger(age) && age >= 0 ? age : 0) * 1000;
      return [Math.round((there < from ? from - there : Math.min(0, to - there)) / 1000)];
    });
  return skews.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null;
}
