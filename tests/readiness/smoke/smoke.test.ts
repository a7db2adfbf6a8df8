import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { smoke } from "../../../readiness/smoke/smoke.ts";
import { fixtures, run } from "../project.ts";

let server: Server;
let url: string;
/** Status, body, where it leads and its policy, by path; as it should be where nothing is said. */
let answers: Record<string, [status: number, body: string, location?: string | undefined, policy?: string]>;

const page = '<script src="/_next/static/chunks/main.js"></script>';
const health = (status: string, checks = {}) => JSON.stringify({ status, checks });

beforeAll(async () => {
  server = createServer((request, response) => {
    const sound = request.url === "/api/health" ? health("healthy") : page;
    const [status, body, location, policy] = answers[request.url ?? ""] ?? [200, sound];
    const headers = {
      ...(location !== undefined && { location }),
      ...(policy !== undefined && { "content-security-policy": policy }),
    };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  answers = {};
});
afterAll(() => server.close());

/** Asks once. */
async function ask(site = url): Promise<{ status: number; stdout: string }> {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    return {
      status: await smoke({ stack: "staging", url: site, waitSeconds: 0 }, fixtures),
      stdout: lines.join(""),
    };
  } finally {
    write.mockRestore();
  }
}

it("asks every page and the health endpoint, and says what each answered", async () => {
  const { status, stdout } = await ask();
  expect(stdout.trimEnd().split("\n").sort()).toEqual([
    "✓ portal admin  /admin",
    "✓ portal health  /api/health",
    "✓ portal homepage  /",
    "✓ portal login  /login",
    "✓ portal portal  /portal",
  ]);
  expect(status).toBe(0);
});

it("takes a page that sends its visitors to the login for one that answers", async () => {
  answers["/portal"] = [307, "", "/login"];
  expect((await ask()).status).toBe(0);
});

it("fails for a page that fails, and for a service that is degraded", async () => {
  answers["/login"] = [500, ""];
  answers["/api/health"] = [503, health("degraded", { redis: "down", database: { status: "up" } })];
  const { status, stdout } = await ask();
  expect(stdout).toContain("✗ portal login  /login  answers 500\n");
  expect(stdout).toContain(
    "✗ portal health  /api/health  answers 503, degraded (redis: down, database: up)\n",
  );
  expect(status).toBe(1);
});

it("fails where nothing answers", async () => {
  const { status, stdout } = await ask("http://127.0.0.1:1");
  expect(stdout).toMatch(/✗ portal homepage {2}\/ {2}.+/);
  expect(status).toBe(1);
});

it.each<[what: string, path: string, answer: (typeof answers)[string], said: string]>([
  [
    "a health that says so with 200",
    "/api/health",
    [200, health("unhealthy", { redis: "down" })],
    "unhealthy",
  ],
  ["a page in the place of a health", "/api/health", [200, page], "nothing of its health"],
  ["a parking page", "/", [200, "<h1>This domain is for sale</h1>"], "a page that nextjs has not made"],
  ["a page that is not there", "/admin", [404, page], "answers 404"],
  [
    "a way to another host",
    "/",
    [301, "", "https://evil.example/"],
    "leads away from its site, to evil.example",
  ],
  ["a way to another port", "/", [301, "", "http://127.0.0.1:1/"], "leads away from its site"],
  ["a way that is none", "/", [301, "", "javascript:alert(1)"], "leads away from its site"],
  ["a way without end", "/", [302, "", "/"], "leads on and on"],
])("fails for %s", async (_, path, answer, said) => {
  answers[path] = answer;
  const { status, stdout } = await ask();
  expect(stdout).toContain(said);
  expect(status).toBe(1);
});

it.each([
  ["a policy that knows none", "default-src 'self'", "<script>start()</script>", 1],
  ["the nonce of another request", "script-src 'nonce-b'", '<script nonce="a">start()</script>', 1],
  ["no nonce, where others have one", "script-src 'unsafe-inline' 'nonce-a'", "<script>start()</script>", 1],
  [
    "its nonce",
    "script-src 'self' 'nonce-a' 'strict-dynamic'",
    '<script id="x" nonce="a">start()</script>',
    0,
  ],
  ["a policy that lets every one run", "script-src 'self' 'unsafe-inline'", "<script>start()</script>", 0],
  ["a hash, which may be its own", "script-src 'sha256-abc'", "<script>start()</script>", 0],
  ["no word about scripts", "frame-ancestors 'none'", "<script>start()</script>", 0],
  ["data, which does not run", "default-src 'self'", '<script type="application/json">{}</script>', 0],
])("of a page with %s the inline scripts run or not", async (_, policy, script, status) => {
  answers["/"] = [200, `${page}${script}`, undefined, policy];
  const asked = await ask();
  expect(asked.status).toBe(status);
  if (status)
    expect(asked.stdout).toContain("inline scripts that its Content-Security-Policy keeps from running (1)");
});

it("waits for what is coming up", async () => {
  answers["/"] = [503, ""];
  const asked = smoke({ stack: "staging", url, waitSeconds: 100 }, fixtures);
  await new Promise<void>((resolve) => {
    server.once("request", () => resolve());
  });
  answers = {};
  expect(await asked).toBe(0);
});

it("refuses what is no address", async () => {
  const { status, stderr } = await run(["smoke", "--stack", "staging", "--url", "portal"]);
  expect(stderr).toMatch(/is no address/);
  expect(status).toBe(2);
});
