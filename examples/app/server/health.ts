/** How the service is, by the contract in docs/requirements.md. */
import { getHeapStatistics } from "node:v8";
import { cacheServer } from "./cache.ts";
import { query } from "./database.ts";
import { commitOf } from "./site.ts";

interface Check {
  readonly status: "healthy" | "unhealthy";
  /** What was found, for who is on call; nothing that would help a stranger. */
  readonly detail: string;
}

export interface Health {
  readonly status: "healthy" | "degraded" | "unhealthy";
  readonly timestamp: string;
  /** Of the process, in seconds. */
  readonly uptime: number;
  readonly commit: string;
  readonly checks: Readonly<Record<"database" | "redis" | "memory", Check>>;
}

export const statusCodes = { healthy: 200, degraded: 503, unhealthy: 500 } as const;

const patienceMilliseconds = 2_000;
const mostHeapPercent = 90;

/** Without its database the service is of no use; without its cache it is slow, with little memory about to fail. */
export async function health(): Promise<Health> {
  const [database, redis] = await Promise.all([
    check(async () => {
      await query("select 1");
      return "answers";
    }),
    check(async () => `${await cacheServer()} answers`),
  ]);
  return {
    ...judged({ database, redis, memory: memory(getHeapStatistics()) }),
    timestamp: new Date().toISOString(),
    uptime: Math.round(process.uptime() * 1000) / 1000,
    commit: commitOf(process.env),
  };
}

export function judged(checks: Health["checks"]): Pick<Health, "status" | "checks"> {
  const isWell = (name: keyof Health["checks"]) => checks[name].status === "healthy";
  if (!isWell("database")) return { status: "unhealthy", checks };
  return { status: isWell("redis") && isWell("memory") ? "healthy" : "degraded", checks };
}

export function memory(heap: { readonly used_heap_size: number; readonly heap_size_limit: number }): Check {
  const percent = Math.round((100 * heap.used_heap_size) / heap.heap_size_limit);
  return { status: percent < mostHeapPercent ? "healthy" : "unhealthy", detail: `${percent} % of the heap` };
}

async function check(ask: () => Promise<string>): Promise<Check> {
  const { promise: late, resolve } = Promise.withResolvers<Check>();
  const timer = setTimeout(
    () => resolve({ status: "unhealthy", detail: "does not answer in time" }),
    patienceMilliseconds,
  );
  const asked = ask().then(
    (detail): Check => ({ status: "healthy", detail }),
    (): Check => ({ status: "unhealthy", detail: "does not answer" }),
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
