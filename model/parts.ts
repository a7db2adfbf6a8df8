/** The parts of a product that a team chooses, each by its kind. */

/** Every part with its kinds; the first is what holds where nothing is said of it. */
export const partKinds = {
  /** The way from the functions to the data stores. */
  network: ["secure-compute", "static-ips", "none"],
  database: ["rds", "existing-rds", "external"],
  cache: ["valkey", "existing", "none"],
  dns: ["route53", "cloudflare", "external"],
  edge: ["cloudfront", "vercel"],
  errors: ["datadog", "sentry"],
  chat: ["slack", "teams", "none"],
  /** What notices an outage while the monitoring itself is down. */
  outsideWatch: ["route53", "elsewhere"],
} as const;

export type Part = keyof typeof partKinds;
export type Kind<P extends Part = Part> = (typeof partKinds)[P][number];
export const parts = Object.keys(partKinds) as readonly Part[];

/** Kinds that say why: nothing is done without for no reason. */
const explained: readonly Kind[] = ["none", "elsewhere"];

/** The databases that stand in AWS, which CloudWatch measures and AWS Backup copies. */
export const databasesOfAws = ["rds", "existing-rds"] as const satisfies readonly Kind<"database">[];

/** The caches that stand in AWS, which CloudWatch measures. */
export const cachesOfAws = ["valkey", "existing"] as const satisfies readonly Kind<"cache">[];

/** What a stack has of a part, and why it does without where that is `none`. */
export interface Choice<P extends Part = Part> {
  readonly kind: Kind<P>;
  readonly because?: string;
}
export type Parts = { readonly [P in Part]: Choice<P> };

/** The kinds with which something makes sense, of each part that it depends on; with any of the others it has no object. */
export type PartNeeds = { readonly [P in Part]?: readonly Kind<P>[] };

/**
 * The parts that a stack's config chooses. What is not said, or not to be understood, or done without for no reason, is
 * the first kind, of which most is asked.
 * @param setting the value of the config `readiness:<part>`, if it has one
 */
export function chosenParts(setting: (part: Part) => unknown): Parts {
  return Object.fromEntries(parts.map((part) => [part, choice(part, setting(part))])) as unknown as Parts;
}

/** What a stack has whose config says nothing of its parts. */
export const usualParts = chosenParts(() => undefined);

/** Why something has no object in a stack of these parts, such as `the cache is none: sessions live in the database`. */
export function withoutObject(needs: PartNeeds | undefined, chosen: Parts): string | undefined {
  for (const part of parts) {
    const kinds: readonly string[] | undefined = needs?.[part];
    const { kind, because } = chosen[part];
    if (!kinds || kinds.includes(kind)) continue;
    return `the ${partNames[part]} is ${kind}${because === undefined ? "" : `: ${because}`}`;
  }
  return undefined;
}

/** As a sentence names them. */
export const partNames: Readonly<Record<Part, string>> = {
  network: "network to the data",
  database: "database",
  cache: "cache",
  dns: "DNS",
  edge: "edge",
  errors: "error tracking",
  chat: "chat",
  outsideWatch: "watch outside Datadog",
};

function choice(part: Part, setting: unknown): Choice {
  const { kind, because } = Object(setting) as { kind?: unknown; because?: unknown };
  const kinds: readonly Kind[] = partKinds[part];
  const reason = typeof because === "string" && because.trim() !== "" ? because : undefined;
  const known = kinds.find((k) => k === kind && (!explained.includes(k) || reason !== undefined)) ?? kinds[0];
  return { kind: known as Kind, ...(reason !== undefined && known === kind && { because: reason }) };
}
