/** The site's name: its addresses of both kinds, each of them asked; who may issue certificates; signatures. */
import { CANCELLED, NODATA, NOTFOUND, Resolver, TIMEOUT } from "node:dns";
import { isIP } from "node:net";
import { promisify } from "node:util";
import { type Address, connects } from "../addresses.ts";
import { type Check, judgeOf } from "../check.ts";
import { portOf, type Site } from "../site.ts";
import { signed } from "./dnssec.ts";
import { noRecord } from "./no-record.ts";

const names = judgeOf("name");
const authorities = judgeOf("certificate authorities");
const signatures = judgeOf("DNSSEC");

const patience = { timeout: 2_000, tries: 2 };

type Records<T> = { readonly records: readonly T[] } | { readonly code: string };

export async function dns(site: Site): Promise<readonly Check[]> {
  const host = site.url.hostname;
  if (isIP(host.replace(/^\[|\]$/g, "")) || host === "localhost" || host.endsWith(".localhost")) {
    return [names.notAsked(host, "no name of the DNS")];
  }
  const resolver = new Resolver(patience);
  if (site.settings.nameServers) resolver.setServers(site.settings.nameServers);
  const [a, aaaa, caa, dnssec] = await Promise.all([
    ask(promisify(resolver.resolve4.bind(resolver))(host)),
    ask(promisify(resolver.resolve6.bind(resolver))(host)),
    authoritiesOf(host, (name) => ask(promisify(resolver.resolveCaa.bind(resolver))(name))),
    signed(host, site.settings.nameServers),
  ]);
  const both = [a, aaaa].every((one) => "code" in one);
  const found = await Promise.all([of(site, "A", 4, a, both), of(site, "AAAA", 6, aaaa, both)]);
  const wanted = site.subject.stack !== undefined;
  const none = wanted ? signatures.fail : signatures.notAsked;
  const unsigned = none(host, "the zone is not signed");
  const validated = signatures.pass(host, "the resolver has validated the answer (AD)");
  const signature =
    dnssec === "valid" ? validated : dnssec === "unsigned" ? unsigned : signatures.unknown(host, dnssec);
  return [...found.flat(), whoIssues(host, caa, wanted), signature];
}

async function ask<T>(answer: Promise<readonly T[]>): Promise<Records<T>> {
  return answer.then(
    (records) => ({ records }),
    (error) => ({ code: String(Object(error).code) }),
  );
}

/** Each address by itself: a browser hides one that is dead, and takes its time for it. */
async function of(
  site: Site,
  type: string,
  family: 4 | 6,
  answer: Records<string>,
  alone: boolean,
): Promise<readonly Check[]> {
  const { hostname } = site.url;
  if ("code" in answer) {
    const why = noRecord(answer.code);
    const subject = `${hostname} ${type}`;
    // One kind is enough, and an answer that there is none of the other.
    if (answer.code === NODATA && !alone) return [names.notAsked(subject, `no ${type} record`)];
    const unseen = [TIMEOUT, CANCELLED, "ECONNREFUSED"].includes(answer.code);
    return [(unseen ? names.unknown : names.fail)(subject, why)];
  }
  return Promise.all(
    answer.records.map(async (address) => {
      const subject = `${hostname} ${type} ${address}`;
      const at: Address = { address, family };
      const open = await connects(at, portOf(site.url), 5_000);
      if (open === true) return names.pass(subject, "answers");
      if (["ENETUNREACH", "EADDRNOTAVAIL", "EHOSTUNREACH"].includes(open) && family === 6) {
        return names.unknown(subject, "cannot be tried: this machine has no IPv6");
      }
      return names.fail(subject, open === "SILENT" ? "does not answer" : `does not answer (${open})`);
    }),
  );
}

/** The nearest name with such records speaks for those below it (RFC 8659, 3). */
async function authoritiesOf<T>(
  host: string,
  askFor: (name: string) => Promise<Records<T>>,
): Promise<Records<T>> {
  for (let name = host; name.includes("."); name = name.slice(name.indexOf(".") + 1)) {
    const answer = await askFor(name);
    if ("records" in answer || ![NODATA, NOTFOUND].some((code) => code === answer.code)) return answer;
  }
  return { records: [] };
}

function whoIssues(host: string, answer: Records<{ issue?: string | undefined }>, wanted: boolean): Check {
  if ("code" in answer) return authorities.unknown(host, noRecord(answer.code));
  const issuers = answer.records.flatMap(({ issue }) => (issue === undefined ? [] : issue || "nobody"));
  if (answer.records.length > 0)
    return authorities.pass(host, `CAA: ${issuers.join(", ") || "wildcards alone"}`);
  const none = "no CAA record: every authority may issue a certificate";
  return (wanted ? authorities.fail : authorities.notAsked)(host, none);
}
