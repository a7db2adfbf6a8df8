/** Limits of our own behind the edge's: by client, and by account where a password is guessed. */
import { count, counted } from "./cache.ts";
import { errorFields, log } from "./log.ts";

export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly windowSeconds: number;
}

/** As at the edge (components/app/firewall.ts), but where somebody measures what the app can take. */
export const limits = {
  api: { name: "api", most: Number(process.env["API_LIMIT_PER_MINUTE"] ?? 600), windowSeconds: 60 },
  login: { name: "login", most: 15, windowSeconds: 600 },
} as const satisfies Record<string, Limit>;

/** Who asks: as the edge tells it, whose word no visitor can take; without an edge by the connection. */
export function clientOf(headers: Headers): string {
  const [forwarded = ""] = (headers.get("x-forwarded-for") ?? "").split(",");
  return headers.get("x-viewer-address") ?? (forwarded.trim() || "unknown");
}

/** Counts a request. @returns seconds to wait; nothing where the limit is kept */
export function exceeded(limit: Limit, who: string, now = Date.now()): Promise<number | undefined> {
  return held(limit, who, now, (key) => count(key, limit.windowSeconds));
}

/** The same of what was counted before, of which this is to be the next one. */
export function reached(limit: Limit, who: string, now = Date.now()): Promise<number | undefined> {
  return held(limit, who, now, async (key) => (await counted(key)) + 1);
}

/** Where the cache is away nobody is limited: the edge still counts. */
async function held(
  { name, most, windowSeconds }: Limit,
  who: string,
  now: number,
  countOf: (key: string) => Promise<number>,
): Promise<number | undefined> {
  const window = Math.floor(now / 1000 / windowSeconds);
  try {
    const requests = await countOf(`limit:${name}:${who}:${window}`);
    return requests > most ? Math.ceil((window + 1) * windowSeconds - now / 1000) : undefined;
  } catch (error) {
    log("warn", "requests are not counted", errorFields(error));
    return undefined;
  }
}
