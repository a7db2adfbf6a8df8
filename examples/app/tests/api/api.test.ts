import { randomBytes } from "node:crypto";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as analytics } from "../../app/api/analytics/route.ts";
import { GET as sendReminders } from "../../app/api/cron/send-reminders/route.ts";
import { GET as health } from "../../app/api/health/route.ts";
import { GET as read } from "../../app/api/orders/[id]/route.ts";
import { POST as draft } from "../../app/api/orders/drafts/route.ts";
import { GET as list } from "../../app/api/orders/route.ts";
import { GET as search } from "../../app/api/search/route.ts";
import { register } from "../../instrumentation.ts";
import { openAccount, userWith } from "../../server/accounts.ts";
import { query } from "../../server/database.ts";
import { placeOrder } from "../../server/orders.ts";
import { countAll } from "../../server/overview.ts";
import { exceeded, limits, reached } from "../../server/rate-limit.ts";
import { endSession, startSession, userOf } from "../../server/sessions.ts";
import { openTicket } from "../../server/tickets.ts";
import { appDatabase, checks, type OwnDatabase } from "../support/database.ts";

let database: OwnDatabase;
let token: string;
let checksId: number;
beforeAll(async () => {
  process.env["NEXT_RUNTIME"] = "nodejs";
  process.env["CRON_SECRET"] = "secret of the clock";
  database = await appDatabase();
  await register();
  checksId = (await userWith(checks.email, checks.password)) ?? 0;
  token = await startSession(checksId);
});
afterAll(() => database.drop());

/** Each with a client of its own, whom no limit knows. */
function request(path: string, init: { as?: string; from?: string; headers?: object; body?: object } = {}) {
  const headers = new Headers({
    "x-viewer-address": init.from ?? randomBytes(8).toString("hex"),
    ...(init.as && { cookie: `session=${init.as}` }),
    ...init.headers,
  });
  const body = init.body && { method: "POST", body: JSON.stringify(init.body) };
  return new NextRequest(`http://localhost:3000${path}`, { headers, ...body });
}
const context = undefined as never;
const withId = (id: string) => ({ params: Promise.resolve({ id }) });

it("health says by its contract how it is, and is kept by nobody", async () => {
  const answer = await health();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(await answer.json()).toMatchObject({
    status: "healthy",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    uptime: expect.any(Number),
    commit: expect.any(String),
    checks: { database: { status: "healthy" }, redis: { status: "healthy" }, memory: { status: "healthy" } },
  });
});

describe("a stranger", () => {
  it("sees the demonstration shop, the newest first", async () => {
    const { orders } = await (await list(request("/api/orders"), context)).json();
    expect(orders).toHaveLength(50);
    expect(orders[0]).toMatchObject({ id: 1, title: "Table for six no. 1", cents: 510, status: "placed" });
    expect(await (await analytics(request("/api/analytics"), context)).json()).toMatchObject({
      orders: 60,
      drafts: 12,
    });
  });

  it("finds orders by their words", async () => {
    const found = async (words: string) =>
      (await (await search(request(`/api/search?q=${encodeURIComponent(words)}`), context)).json()).orders
        .length;
    expect(await found("oak")).toBe(10);
    expect(await found("oak -chair")).toBe(0);
    expect(await found("')); drop table orders; --")).toBe(0);
    expect(await found("")).toBe(50);
  });

  it("gets an order, and 404 for what is none", async () => {
    expect((await read(request("/api/orders/1"), withId("1"))).status).toBe(200);
    for (const id of ["0", "999999", "x", "1.5", "99999999999999"]) {
      expect((await read(request("/api/orders/x"), withId(id))).status).toBe(404);
    }
  });

  it("writes nothing", async () => {
    const answer = await draft(request("/api/orders/drafts", { body: { title: "Lamp", cents: 1 } }), context);
    expect(answer.status).toBe(401);
  });

  it("asks for no more words than people write", async () => {
    expect((await search(request(`/api/search?q=${"a".repeat(201)}`), context)).status).toBe(400);
  });
});

describe("whoever is logged in", () => {
  it("drafts orders, which others do not see", async () => {
    const body = { title: "Lamp of glass", cents: 1_250 };
    const answer = await draft(request("/api/orders/drafts", { as: token, body }), context);
    expect(answer.status).toBe(201);
    const { id } = await answer.json();
    const mine = await read(request(`/api/orders/${id}`, { as: token }), withId(String(id)));
    expect(await mine.json()).toMatchObject({ ...body, status: "draft" });
    expect((await read(request(`/api/orders/${id}`), withId(String(id)))).status).toBe(404);
    // And none of the demonstration's.
    expect((await read(request("/api/orders/1", { as: token }), withId("1"))).status).toBe(404);
  });

  it.each([
    [{ title: "", cents: 1 }, {}, 400],
    [{ title: "Lamp", cents: "1" }, {}, 400],
    [{ title: "Lamp", cents: 1 }, { "sec-fetch-site": "cross-site" }, 403],
    [{ title: "Lamp", cents: 1 }, { "sec-fetch-site": "same-site" }, 403],
  ])("does not draft %j, sent with %j", async (body, headers, status) => {
    expect((await draft(request("/api/orders/drafts", { as: token, body, headers }), context)).status).toBe(
      status,
    );
  });

  it("places a draft once", async () => {
    const user = { id: checksId, name: "", role: "staff" } as const;
    const body = { title: "Shelf", cents: 5 };
    const { id } = await (await draft(request("/api/orders/drafts", { as: token, body }), context)).json();
    const placed = await Promise.all([placeOrder(user, id), placeOrder(user, id)]);
    expect(placed.sort()).toEqual([false, true]);
    expect(await placeOrder({ ...user, id: 1 }, id)).toBe(false);
  });

  it("is a stranger again after logging out, with the same token", async () => {
    const other = await startSession(checksId);
    expect(await userOf(other)).toMatchObject({ id: checksId, role: "staff" });
    await endSession(other);
    expect(await userOf(other)).toBeUndefined();
  });

  it("leaves a keyed hash in the database, and no token", async () => {
    const rows = await query<{ token_hash: string }>("select token_hash from sessions");
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => row.token_hash)).not.toContain(token);
  });
});

it("an address has one account", async () => {
  const account = { name: "Ana", email: "ana@example.com", password: "a password of Ana" };
  const id = await openAccount(account);
  expect(id).toBeGreaterThan(1);
  expect(await openAccount(account)).toBeUndefined();
  expect(await userWith("ana@example.com", "a wrong password")).toBeUndefined();
  expect(await userWith("nobody@example.com", "a password of Ana")).toBeUndefined();
});

it("staff's numbers leave out the account of the checks", async () => {
  const before = await countAll();
  expect(before).toMatchObject({ accounts: expect.any(Number), orders: 60 });
  await openTicket({ id: checksId, name: "", role: "staff" }, "Is this a test?");
  await draft(request("/api/orders/drafts", { as: token, body: { title: "Lamp", cents: 1 } }), context);
  expect(await countAll()).toEqual(before);
});

describe("limits", () => {
  // No window of theirs ends meanwhile.
  beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"] }));
  afterAll(() => void vi.useRealTimers());

  it("hold back who asks too often, with 429 and when to come back, and nobody else", async () => {
    const from = "203.0.113.7";
    const spent = Array.from({ length: limits.api.most }, () => exceeded(limits.api, from));
    expect((await Promise.all(spent)).filter((seconds) => seconds !== undefined)).toEqual([]);
    const answer = await list(request("/api/orders", { from }), context);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await list(request("/api/orders", { from: "203.0.113.8" }), context)).status).toBe(200);
  });

  it("of logins count the failures alone", async () => {
    const who = randomBytes(8).toString("hex");
    for (let guess = 0; guess < limits.login.most; guess++) {
      expect(await reached(limits.login, who)).toBeUndefined();
      await exceeded(limits.login, who);
    }
    expect(await reached(limits.login, who)).toBeGreaterThan(0);
    // Until the window is over.
    expect(await reached(limits.login, who, Date.now() + limits.login.windowSeconds * 1000)).toBeUndefined();
  });
});

describe("the job", () => {
  const ask = (authorization?: string) =>
    sendReminders(request("/api/cron/send-reminders", { headers: authorization ? { authorization } : {} }));

  it.each([undefined, "Bearer ", "Bearer guess", "secret of the clock"])(
    "is not run for %j",
    async (given) => {
      expect((await ask(given)).status).toBe(401);
    },
  );

  it("is not run for anybody where there is no secret", async () => {
    process.env["CRON_SECRET"] = "";
    expect((await ask("Bearer ")).status).toBe(401);
    process.env["CRON_SECRET"] = "secret of the clock";
  });

  it("reminds of each draft once, and clears those of the checks", async () => {
    await query("update orders set created_at = now() - interval '2 days' where status = 'draft'");
    const reminded = async () => (await (await ask("Bearer secret of the clock")).json()).reminded;
    expect(await reminded()).toBe(12);
    expect(await reminded()).toBe(0);
    const left = await query("select from orders where user_id = $1 and status = 'draft'", [checksId]);
    expect(left).toEqual([]);
  });
});

it("what goes wrong is told to nobody but the log", async () => {
  await query("alter table orders rename to orders_away");
  const answer = await list(request("/api/orders"), context);
  await query("alter table orders_away rename to orders");
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("orders");
});
