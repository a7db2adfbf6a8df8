/** Content-Security-Policy and what may frame a page, by the Observatory's tests of them. */
import type { Mark } from "./mark.ts";

type Policy = ReadonlyMap<string, ReadonlySet<string>>;

/** Sources that are as good as everything. */
const broad = ["*", "ftp:", "http:", "https:", "http://*", "http://*.*", "https://*", "https://*.*"];
const inline = ["'unsafe-inline'", "data:"];
const nonceOrHash = /^'(nonce|sha256|sha384|sha512)-./;
/** Content that runs nothing. */
const passive = ["img-src", "media-src"];

/** Every policy has to allow what runs, so that the best of several bounds them all. */
export function contentSecurityPolicy(headers: readonly string[]): Mark {
  const policies = headers.flatMap((header) => header.split(",")).map(parse);
  const [first] = policies;
  if (first === undefined) return { points: -25, what: "no Content-Security-Policy" };
  const marks = policies.map((policy) => (policy === null ? undefined : mark(policy)));
  const known = marks.filter((m) => m !== undefined);
  // One that cannot be understood is a mistake, even beside one that can.
  if (known.length < marks.length) return invalid;
  return known.reduce((best, m) => (m.points > best.points ? m : best));
}

const invalid: Mark = { points: -25, what: "Content-Security-Policy that cannot be understood" };

function mark(policy: Policy): Mark {
  const whole = policy.get("default-src");
  const fallback = whole ?? new Set(["*"]);
  const script = new Set(policy.get("script-src") ?? fallback);
  const style = new Set(policy.get("style-src") ?? fallback);
  const object = policy.get("object-src") ?? fallback;
  for (const sources of [script, style]) {
    // Browsers ignore it beside a nonce or a hash.
    if (has(sources, nonceOrHash)) sources.delete("'unsafe-inline'");
  }
  if (script.has("'strict-dynamic'")) {
    if (!has(script, nonceOrHash)) return invalid;
    for (const source of script) {
      if (broad.some((b) => source.startsWith(b)) || source === "'self'") script.delete(source);
    }
  }
  if (any(script, [...broad, ...inline]) || any(object, broad)) {
    return { points: -20, what: "Content-Security-Policy with unsafe-inline, or as good as any source" };
  }
  const active = [...policy].filter(([name]) => !passive.includes(name) && name !== "script-src");
  if ([...active.flatMap(([, sources]) => [...sources]), ...script].some(isPlain)) {
    return { points: -20, what: "Content-Security-Policy with plain HTTP" };
  }
  if (script.has("'unsafe-eval'") || style.has("'unsafe-eval'")) {
    return { points: -10, what: "Content-Security-Policy with unsafe-eval" };
  }
  if (passive.some((name) => [...(policy.get(name) ?? whole ?? [])].some(isPlain))) {
    return { points: -10, what: "Content-Security-Policy with images over plain HTTP" };
  }
  const what = "Content-Security-Policy";
  if (any(style, [...broad, ...inline])) return { points: 0, what };
  return { points: whole?.size === 1 && whole.has("'none'") ? 10 : 5, what };
}

/** The shortest that can say something, such as `img-src`. */
const shortest = 6;

/** Null for what a browser would not take as it was meant. */
function parse(text: string): Policy | null {
  if (text.trim().length < shortest) return null;
  const policy = new Map<string, Set<string>>();
  for (const part of text.split(";")) {
    const [name = "", ...sources] = part.trim().toLowerCase().split(/\s+/);
    if (name === "") continue;
    if (policy.has(name)) {
      if (name === "report-uri" || name === "report-to") continue;
      return null;
    }
    policy.set(name, new Set(sources.length === 0 && name.endsWith("-src") ? ["'none'"] : sources));
  }
  return policy;
}

/** `frame-ancestors` takes the place of X-Frame-Options wherever there is one: one that lets everybody does too. */
export function framing(headers: readonly string[], frameOptions: string | undefined): Mark {
  const ancestors = headers
    .flatMap((header) => header.split(","))
    .flatMap((text) => parse(text)?.get("frame-ancestors") ?? []);
  if (ancestors.length > 0) {
    if (ancestors.some((sources) => !any(sources, broad))) return { points: 5, what: "frame-ancestors" };
    return { points: -20, what: "frame-ancestors for everybody" };
  }
  if (frameOptions === undefined) return { points: -20, what: "neither X-Frame-Options nor frame-ancestors" };
  if (frameOptions === "deny" || frameOptions === "sameorigin") return { points: 0, what: "X-Frame-Options" };
  return { points: -20, what: "X-Frame-Options other than DENY and SAMEORIGIN" };
}

function any(sources: ReadonlySet<string>, of: readonly string[]): boolean {
  return of.some((source) => sources.has(source));
}

function has(sources: ReadonlySet<string>, form: RegExp): boolean {
  return [...sources].some((source) => form.test(source));
}

function isPlain(source: string): boolean {
  return source.startsWith("http:") || source.startsWith("ftp:");
}
