/** The example app as `npm run app` starts it: what its health says when a data store is gone, and what is left of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "../../../tools/app/child.ts";
import { startStandIn } from "../../../tools/app/redis-stand-in.ts";
import { type AppOptions, type RunningApp, startApp } from "../../../tools/app/start.ts";

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).toReversed()) await each.stop();
});

async function started(options: AppOptions = {}): Promise<RunningApp> {
  const app = await startApp(options);
  running.push(app);
  return app;
}

async function health({ url }: RunningApp) {
  const response = await fetch(`${url}/api/health`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { code: response.status, ...((await response.json()) as Record<string, unknown>) };
}

describe("the app", () => {
  it("goes on without Redis, and says 503; without its database it says 500", async () => {
    const app = await started();
    expect(await health(app)).toMatchObject({ code: 200, status: "healthy", commit: app.commit });
    await app.stopRedis();
    expect(await health(app)).toMatchObject({
      code: 503,
      status: "degraded",
      checks: { redis: { status: "unhealthy" } },
    });
    expect((await fetch(`${app.url}/api/orders`)).status).toBe(200);
    expect((await fetch(app.url)).status).toBe(200);
    await app.stopDatabase();
    expect(await health(app)).toMatchObject({
      code: 500,
      status: "unhealthy",
      checks: { database: { status: "unhealthy" } },
    });
    expect((await fetch(`${app.url}/api/orders`)).status).toBe(500);
  });

  it("runs with a stand-in for Redis, which its health names", async () => {
    const redis = await startStandIn();
    running.push(redis);
    const app = await started({ redis: redis.url, env: { API_LIMIT_PER_MINUTE: "3" } });
    expect(await health(app)).toMatchObject({
      code: 200,
      checks: { redis: { detail: "stand-in-for-redis answers" } },
    });
    const codes: number[] = [];
    // Another minute may begin meanwhile, and with it another count.
    while (codes.length < 8 && codes.at(-1) !== 429)
      codes.push((await fetch(`${app.url}/api/analytics`)).status);
    expect(codes.slice(0, 3)).toEqual([200, 200, 200]);
    expect(codes.at(-1)).toBe(429);
  });

  it("tells Sentry of errors and of each request, with the release", async () => {
    const told: string[] = [];
    const sentry = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      told.push((request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString());
      response.end("{}");
    });
    await once(sentry.listen(0, "127.0.0.1"), "listening");
    running.push({ stop: async () => void sentry.close() });
    const { port } = sentry.address() as AddressInfo;
    const app = await started({
      env: {
        SENTRY_DSN: `http://key@127.0.0.1:${port}/1`,
        SENTRY_ENVIRONMENT: "prod",
        SENTRY_TRACES_SAMPLE_RATE: "1.0",
        SENTRY_PROFILES_SAMPLE_RATE: "0.1",
      },
    });
    await app.stopDatabase();
    await fetch(`${app.url}/api/orders`);
    const wanted = {
      error: /"exception":.*ECONNREFUSED/,
      request: /"transaction":"GET \/api\/orders"/,
      release: new RegExp(`"release":"${app.commit}"`),
      environment: /"environment":"prod"/,
    };
    const missing = () =>
      Object.entries(wanted).flatMap(([what, text]) => (told.some((each) => text.test(each)) ? [] : [what]));
    await expect.poll(missing, { timeout: 30_000 }).toEqual([]);
    // What Sentry would add to each call of a data store.
    expect(told.some((each) => each.includes("pg.connect"))).toBe(false);
  });
});

describe("npm run app", () => {
  it("says where it is, and leaves nothing behind on Ctrl-C", async () => {
    const before = new Set(globSync(join(tmpdir(), "portal-postgres-*")));
    const port = await freePort();
    const { DATABASE_URL: _, REDIS_URL: __, ...env } = process.env;
    const child = spawn(process.execPath, [join(import.meta.dirname, "../../../tools/app/start.ts")], {
      env: { ...env, PORT: String(port) },
      stdio: ["ignore", "pipe", "inherit"],
      // A group of its own: Ctrl-C goes to all of it.
      detached: true,
    });
    const { pid } = child;
    if (pid === undefined) throw new Error("it was not started");
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (line.startsWith("Next: ")) break;
    }
    expect(said.join("\n")).toContain(`http://localhost:${port}`);
    expect(said.join("\n")).toMatch(/VERIFY_USER=\S+ VERIFY_PASSWORD=\S+ npm run verify -- --url http/);
    const folders = globSync(join(tmpdir(), "portal-postgres-*")).filter((folder) => !before.has(folder));
    expect(folders).toHaveLength(1);
    process.kill(-pid, "SIGINT");
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
    expect(await isOpen(port)).toBe(false);
    // Nobody of the group is left to be told anything.
    expect(() => process.kill(-pid, 0)).toThrow(/ESRCH/);
  });
});

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
