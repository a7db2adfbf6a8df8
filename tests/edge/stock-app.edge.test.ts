/** A stock Next.js app behind the declared edge, in a browser: pages come alive, actions answer, files arrive, jobs run. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, ask, type Call } from "./call.ts";
import { cloudFront } from "./cloudfront.ts";
import { type Declared, declaredEdge } from "./declared-edge.ts";
import { type Site, serveSite } from "./site-in-browser.ts";
import { type Browser, launchBrowser, type Page, serve } from "./stock-app.ts";
import { beforeHost, beforeNonces, beforeUploads, withoutCrons } from "./undone.ts";
import { stranger, Vercel } from "./vercel.ts";

const site = "https://portal.example.com";
const patience = { timeout: 30_000 };
const job = "/api/cron/send-reminders";

let shipped: readonly Declared[];
let stock: readonly Declared[];
let server: Site;
let browser: Browser;
/** Servers of the app's, by the host name that they are asked by. */
const apps = new Map<string, Awaited<ReturnType<typeof serve>>>();
let edge: (call: Call) => Promise<Answer>;
let vercel: Vercel;

async function behind(declared: readonly Declared[]): Promise<void> {
  const hosts = ["portal.example.com", "portal.origin.portal.example.com"];
  vercel = new Vercel(declared, run, hosts);
  edge = cloudFront(declared, (_, call) => vercel.answer(call));
}

async function run(call: Call): Promise<Answer> {
  const { host } = call;
  const own = { CRON_SECRET: vercel.variable("CRON_SECRET") ?? "" };
  const app = apps.get(host) ?? (await serve(host, own));
  apps.set(host, app);
  return ask(app.port, call);
}

beforeAll(async () => {
  shipped = await declaredEdge();
  stock = await declaredEdge((config) => {
    const [service, ...others] = JSON.parse(config["readiness:services"] ?? "[]");
    const services = [{ ...service, inlineScripts: "unsafe" }, ...others];
    return { ...config, "readiness:services": JSON.stringify(services) };
  });
  server = await serveSite((call) => edge(call));
  browser = await launchBrowser(`MAP portal.example.com:443 127.0.0.1:${server.port}, MAP * ~NOTFOUND`);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  for (const { process } of apps.values()) process.kill();
});

/** A page, and what the browser had to complain of it. */
async function open(path: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`${site}${path}`);
  return { page, complaints };
}

/** Clicks until somebody counts. */
async function comesAlive(page: Page): Promise<void> {
  const clicked = async () => {
    await page.click("#count");
    return page.textContent("#count");
  };
  await expect.poll(clicked, patience).not.toBe("0");
}

const shows = (page: Page, selector: string, text: string) =>
  expect.poll(() => page.textContent(selector), patience).toBe(text);

const file = (bytes: number) => ({
  name: "picture.bin",
  mimeType: "application/octet-stream",
  buffer: Buffer.alloc(bytes, 1),
});

describe.each([
  ["with a nonce for each request", () => shipped, "/nonce"],
  ["made at build time, whose inline scripts are let run", () => stock, "/"],
])("a page %s", (_, declared, path) => {
  beforeEach(() => behind(declared()));

  it("comes alive, without a complaint of the browser's", async () => {
    const { page, complaints } = await open(path);
    await comesAlive(page);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("gets its Server Actions answered", async () => {
    const { page, complaints } = await open(path);
    await comesAlive(page);
    await page.click("#greet");
    await shows(page, "#greeting", "Hello Ana");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("takes a file of 1 MB", async () => {
    const { page } = await open(path);
    await comesAlive(page);
    await page.setInputFiles("input[type=file]", file(1_000_000));
    await page.click("#upload");
    await shows(page, "#size", "1000000 bytes");
    await page.close();
  });

  it("leads on within the site", async () => {
    const { page } = await open(path);
    await comesAlive(page);
    await page.click("#leave");
    await page.waitForURL(`${site}/greeting`);
    await shows(page, "h1", "portal.example.com");
    await page.close();
  });
});

describe("the app", () => {
  beforeEach(() => behind(shipped));

  it("redirects to the host that customers ask for", async () => {
    const { headers } = await edge({ ...stranger, path: "/api/away" });
    expect(headers["location"]).toBe(`${site}/greeting`);
  });

  it("gets a body of 1 MiB and more", async () => {
    expect(await post("/api/upload", 1_200_000)).toEqual([200, '{"bytes":1200000}']);
  });

  it("is reached by Vercel's clock, and by nobody who does as if he were it", async () => {
    expect((await vercel.callCron(job))?.body.toString()).toBe('{"ran":true}');
    const guess = { "user-agent": "vercel-cron/1.0", authorization: "Bearer guess" };
    expect(await vercel.answer({ ...stranger, path: job, headers: guess })).toMatchObject({ status: 403 });
  });
});

async function post(path: string, bytes: number): Promise<[number, string]> {
  const body = Buffer.alloc(bytes);
  const headers = { "content-length": String(bytes), "content-type": "application/octet-stream" };
  const answer = await edge({ ...stranger, method: "POST", path, headers, body });
  return [answer.status, answer.body.toString()];
}

/** That these tests can fail: what a stock app met at the edge as it was, one thing at a time. */
describe("without", () => {
  it("the customers' host name, Server Actions are refused, and redirects lead to the origin", async () => {
    await behind(beforeHost(shipped));
    const { page, complaints } = await open("/nonce");
    await comesAlive(page);
    await page.click("#greet");
    await expect.poll(() => complaints.join(), patience).toMatch(/500|Invalid Server Actions/);
    expect(await page.textContent("body")).not.toContain("Hello Ana");
    const { headers } = await edge({ ...stranger, path: "/api/away" });
    expect(headers["location"]).toBe("https://portal.origin.portal.example.com/greeting");
    await page.close();
  });

  it.each([
    ["its own policy, a page with a nonce", () => beforeNonces(shipped), "/nonce"],
    ["a policy that lets inline scripts run, a page made at build time", () => shipped, "/"],
  ])("%s stays dead", async (_, declared, path) => {
    await behind(declared());
    const { page, complaints } = await open(path);
    await expect.poll(() => complaints.join(), patience).toMatch(/Content Security Policy/);
    await page.click("#count");
    expect(await page.textContent("#count")).toBe("0");
    await page.close();
  });

  it("a limit of our own, a file of 9 KB is blocked", async () => {
    await behind(beforeUploads(shipped));
    expect((await post("/api/upload", 9_000))[0]).toBe(403);
  });

  it("its jobs in the lock, Vercel's clock is refused", async () => {
    await behind(withoutCrons(shipped));
    expect(await vercel.callCron(job)).toMatchObject({ status: 403 });
  });
});
