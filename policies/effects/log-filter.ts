/** What a filter of logs or spans takes, and what it leaves out (Datadog, "Log Search Syntax"). */
import { alternatives, parseSearch, type Term } from "./monitor-query.ts";

export type Flaw = { readonly observed: string; readonly wanted: string } | { readonly doubt: string };

/** Whose events a filter is to take. */
export interface Source {
  readonly env: string;
  readonly service: string;
}

/**
 * Whether a filter takes all events of a service, as far as they have to do with its subject.
 * @param subject the conditions that belong to its subject, as `key:value` or the text of a message
 */
export function taking(
  query: string,
  { env, service }: Source,
  subject: readonly string[] = [],
): Flaw | undefined {
  const terms = parseSearch(query);
  if (!terms) return { doubt: `what ${query} takes` };
  const own = { env, service };
  for (const key of ["env", "service"] as const) {
    const of = terms.filter((term) => term.key === key && !term.negated);
    // Without the condition it takes those of every environment.
    const all =
      of.length === 0 || of.every((term) => alternatives(term).some((v) => v === own[key] || v === "*"));
    if (!all)
      return { observed: `it takes ${of.map(written).join(", ")}`, wanted: `those of ${key}:${own[key]}` };
  }
  if (!terms.some(({ key }) => key === "service")) {
    return { observed: "it takes every service's", wanted: `those of service:${service}` };
  }
  const others = terms.filter(({ key, negated }) => negated || (key !== "env" && key !== "service"));
  const missing = subject.filter((part) => !others.some((term) => !term.negated && isAbout(term, part)));
  if (missing.length > 0) {
    return { observed: `it does not look for ${missing.join(", ")}`, wanted: "what it is named after" };
  }
  const strange = others.filter((term) => term.negated || !subject.some((part) => isAbout(term, part)));
  if (strange.length === 0) return undefined;
  return {
    observed: `it leaves out all but ${strange.map(written).join(", ")}`,
    wanted: "all of the service's",
  };
}

/** `key:value` is a condition that may have alternatives; anything else is a text to look for. */
function isAbout(term: Term, part: string): boolean {
  const [, key, value = ""] = /^(@?[\w.-]+):(\S+)$/.exec(part) ?? [];
  return key === undefined
    ? term.key === "" && alternatives(term).some((text) => text.includes(part))
    : term.key === key && alternatives(term).includes(value);
}

/** Statuses of requests and of messages of which nobody asks why. */
const success = /^([23]\d\d|[23](\*|xx)|ok|debug|trace)$/i;
const statusKeys = ["@http.status_code", "@http.status_class", "http.status_code", "status"];

/** What an exclusion throws away must be of one kind, and have gone well: a fault is explained by its logs. */
export function throwingAway(query: string): Flaw | undefined {
  const terms = parseSearch(query);
  if (!terms) return { doubt: `what ${query} throws away` };
  const positive = terms.filter(({ negated }) => !negated);
  const wentWell = positive.some(
    (term) => statusKeys.includes(term.key) && alternatives(term).every((v) => success.test(v)),
  );
  const ofOneKind = positive.some(
    (term) =>
      !["env", "service", ...statusKeys].includes(term.key) &&
      alternatives(term).every((v) => v !== "*" && v !== "/*"),
  );
  // Messages that are there for whoever looks for a fault, and say of none.
  const forDevelopers = positive.some(
    (term) => term.key === "status" && alternatives(term).every((v) => /^(debug|trace)$/i.test(v)),
  );
  return forDevelopers || (wentWell && ofOneKind)
    ? undefined
    : {
        observed: `it throws away ${query || "everything"}`,
        wanted: "one kind of events, and those that went well",
      };
}

function written({ key, value, negated }: Term): string {
  return `${negated ? "-" : ""}${key ? `${key}:` : ""}${value}`;
}
