/** The domain's records where somebody else keeps them: what a stack asks for, held against what the DNS answers. */

/** As the stack's output `dnsRecords` says it. */
export interface WantedRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** What was asked of one type of records of one name, and what was answered, as zone files have it. */
export interface RecordLook {
  readonly name: string;
  readonly type: string;
  /** None where there must be no such record. */
  readonly expected: readonly string[];
  /** Null where there was no answer that counts. */
  readonly found: readonly string[] | null;
  /** Why there was none. */
  readonly problem: string | null;
  /** Of a name without the CNAME that it must have: its addresses, and those of what the CNAME would lead to. */
  readonly addresses: { readonly found: readonly string[]; readonly target: readonly string[] } | null;
}

export interface JudgedRecord {
  readonly outcome: "pass" | "fail" | "unknown";
  /** What was found, what was expected, and how to mend it. */
  readonly said: string;
}

export function judgeRecord({ name, type, expected, found, problem, addresses }: RecordLook): JudgedRecord {
  const wanted = expected.join(", ") || "none";
  if (found === null) return { outcome: "unknown", said: `${problem ?? "no answer"}; expected ${wanted}` };
  const [theirs, ours] = [found, expected].map((values) => values.map((value) => plainValue(type, value)));
  const missing = expected.filter((_, i) => !theirs?.includes(ours?.[i] ?? ""));
  const strange = found.filter((_, i) => !ours?.includes(theirs?.[i] ?? ""));
  if (missing.length + strange.length === 0) return { outcome: "pass", said: wanted };
  const said = `found ${found.join(", ") || "none"}, expected ${wanted}`;
  if (type === "CNAME" && found.length === 0 && addresses && addresses.found.length > 0) {
    const { found: own, target } = addresses;
    // ALIAS, ANAME, flattening: the name's own servers answer with the addresses that the target has where they are.
    return own.some((address) => target.includes(address))
      ? { outcome: "pass", said: `answers with addresses of ${wanted}` }
      : {
          outcome: "unknown",
          said: `${said}, but the addresses ${own.join(", ")}, which ${wanted} does not have from here: ask from elsewhere, or enter the CNAME`,
        };
  }
  const mends = [
    ...(missing.length > 0 ? [`enter ${missing.map((value) => `${name} ${type} ${value}`).join(", ")}`] : []),
    ...(strange.length > 0 ? [`take out ${strange.join(", ")}`] : []),
  ];
  return { outcome: "fail", said: `${said}: where the domain's records are kept, ${mends.join(", and ")}` };
}

/** A host name without the dot at its end, which some write and some do not. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** As it is compared. */
function plainValue(type: string, value: string): string {
  // The flag says what becomes of an authority that does not know the tag, and each knows these.
  if (type === "CAA")
    return value
      .toLowerCase()
      .replace(/^\d+\s+/, "")
      .replaceAll(/\s+/g, " ")
      .trim();
  if (type === "TXT") return value.replace(/^"([^"]*)"$/, "$1");
  if (type === "AAAA") return URL.parse(`http://[${value}]`)?.hostname ?? value;
  return plainName(value);
}

/** Where CloudFront calls a service, such as `portal.origin.portal.example.com`. */
export function originHost(service: string, domain: string): string {
  return `${service}.origin.${domain}`;
}

/** The names of a stack that lead somewhere. */
export function servedHosts({
  domain,
  edge,
  services,
}: {
  readonly domain: string;
  readonly edge: { readonly kind: string };
  readonly services: readonly { readonly name: string }[];
}): readonly string[] {
  if (edge.kind === "vercel") return [domain];
  return [domain, ...services.map(({ name }) => originHost(name, domain))];
}
