import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { smoke } from "../../../readiness/smoke/smoke.ts";
import { fixtures, run } from "../project.ts";

let server: Server;
let url: string;
/** Status and body by path; 200 where nothing is said. */
let answers: Record<string, [status: number, body: string]>;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ""] ?? [200, "{}"];
    response.writeHead(status, { location: "/elsewhere" }).end(body);
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
  answers["/portal"] = [307, ""];
  expect((await ask()).status).toBe(0);
});

it("fails for a page that fails, and for a service that is degraded", async () => {
  answers["/login"] = [500, ""];
  answers["/api/health"] = [503, '{"status": "degraded", "checks": {"redis": "down"}}'];
  const { status, stdout } = await ask();
  expect(stdout).toContain("✗ portal login  /login  answers 500\n");
  expect(stdout).toContain('✗ portal health  /api/health  answers 503 {"redis":"down"}\n');
  expect(status).toBe(1);
});

it("fails where nothing answers", async () => {
  const { status, stdout } = await ask("http://127.0.0.1:1");
  expect(stdout).toMatch(/✗ portal homepage {2}\/ {2}.+/);
  expect(status).toBe(1);
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
