/** Who may issue certificates for a name, as RFC 8659 reads CAA records. */

export interface Issuers {
  readonly names: readonly string[];
  /** For names such as `*.example.com`. */
  readonly wildcards: readonly string[];
}

/** @param entries such as `0 issue "letsencrypt.org; validationmethods=dns-01"` */
export function issuersIn(entries: readonly string[]): Issuers {
  const of = (tag: string) =>
    entries
      // "Flags": 128 says critical, and no other is of this version.
      .map((entry) => /^\s*(?:0|128)\s+(\w+)\s+"([^";]*)[^"]*"\s*$/.exec(entry))
      .filter((parts) => parts?.[1]?.toLowerCase() === tag)
      .map((parts) => parts?.[2]?.trim().toLowerCase() ?? "");
  const named = (issuers: readonly string[]) => issuers.filter((issuer) => issuer !== "");
  const [names, wildcards] = [of("issue"), of("issuewild")];
  // "issuewild property": where there is none, those of `issue` count.
  return { names: named(names), wildcards: named(wildcards.length > 0 ? wildcards : names) };
}

/** The entries that count for a name: its own, or those of the nearest name above that has any. */
export function relevant(name: string, entriesAt: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const own = entriesAt.get(name);
  const above = name.slice(name.indexOf(".") + 1);
  return own ?? (name.includes(".") ? relevant(above, entriesAt) : []);
}
