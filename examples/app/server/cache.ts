/** Valkey or Redis: over TLS with a token on ElastiCache, anywhere else by REDIS_URL. Nothing here is lost for good. */
import { createClient, type RedisClientOptions } from "redis";
import { errorFields, log } from "./log.ts";
import { once } from "./once.ts";
import { storeCall } from "./store-telemetry.ts";

/** A page does without the cache rather than wait for it. */
const patienceMilliseconds = 500;

type Variables = Readonly<Record<string, string | undefined>>;

function connect() {
  const client = createClient({
    ...where(process.env),
    // The protocol that everything that calls itself Redis speaks.
    RESP: 2,
    commandOptions: { timeout: patienceMilliseconds },
    disableOfflineQueue: true,
  });
  client.on("error", (error) => log("warn", "the cache's connection broke", errorFields(error)));
  return { client, ready: client.connect().catch(() => undefined) };
}
const connection = () => once("cache", connect);

/** Until it answers for the first time, or so many milliseconds have passed: health is asked for at once. */
export async function awaitCache(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([connection().ready, promise]);
  clearTimeout(timer);
}

/** @throws Error where the environment names no cache */
export function where(variables: Variables): RedisClientOptions {
  const { REDIS_URL: url, REDIS_HOST: host, REDIS_AUTH_TOKEN: password } = variables;
  const reconnectStrategy = (retries: number) => Math.min(100 * 2 ** retries, 3_000);
  const socket = { connectTimeout: 2_000, reconnectStrategy };
  if (url !== undefined) return { url, socket };
  if (!host || !password) throw new Error("no cache: set REDIS_URL, or what the stack sets on Vercel");
  const port = Number(variables["REDIS_PORT"] ?? 6379);
  return { password, socket: { ...socket, host, port, tls: true } };
}

/** What answers: `redis`, `valkey`, or the name that a stand-in gives itself. */
export async function cacheServer(): Promise<string> {
  const info = await command("INFO", "server");
  const [, name = "redis"] = /^server_name:(\S+)/m.exec(String(info)) ?? [];
  return name;
}

/** What was made within so many seconds; a cache that fails costs time, and no answer. */
export async function cached<T>(key: string, seconds: number, make: () => Promise<T>): Promise<T> {
  const found = await command("GET", key).catch(() => null);
  if (found !== null) return JSON.parse(String(found)) as T;
  const made = await make();
  await command("SET", key, JSON.stringify(made), "EX", String(seconds)).catch(() => undefined);
  return made;
}

export async function forget(key: string): Promise<void> {
  await command("DEL", key).catch(() => undefined);
}

/** How often a key was counted since the window began. */
export async function count(key: string, windowSeconds: number): Promise<number> {
  await command("SET", key, "0", "EX", String(windowSeconds), "NX");
  return Number(await command("INCR", key));
}

/** How often it was counted until now. */
export async function counted(key: string): Promise<number> {
  return Number((await command("GET", key)) ?? 0);
}

function command(...parts: readonly string[]): Promise<unknown> {
  const [name = ""] = parts;
  return storeCall("redis", name, () => connection().client.sendCommand([...parts]));
}
