/**
 * The example app as the fixtures' production declares it: behind its edge and firewall, with its variables. Customers
 * are served, and each monitor has its data.
 */
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningApp, startApp } from "../../tools/app/start.ts";
import { findBrowser } from "../support/browser.ts";
import { type Answer, ask, type Call, says } from "./call.ts";
import { cloudFront } from "./cloudfront.ts";
import { type Declared, declaredEdge, inputsOf } from "./declared-edge.ts";
import { type Collector, startCollector } from "./otlp.ts";
import { type Site, serveSite } from "./site-in-browser.ts";
import { stranger, Vercel } from "./vercel.ts";

const site = "https://portal.example.com";
const intake = "browser-intake-datadoghq.eu";
const patience = { timeout: 30_000 };

let declared: readonly Declared[];
let collector: Collector;
let app: RunningApp;
let vercel: Vercel;
let edge: (call: Call) => Promise<Answer>;
let server: Site;
let browser: Browser;
/** What browsers sent to Datadog. */
const seen: string[] = [];

beforeAll(async () => {
  declared = await declaredEdge();
  collector = await startCollector();
  app = await startApp({ env: variables() });
  const port = Number(new URL(app.url).port);
  vercel = new Vercel(declared, (call) => ask(port, call), ["portal.example.com"]);
  const front = cloudFront(declared, (_, call) => vercel.answer(call));
  edge = front;
  server = await serveSite((call) => (call.host === intake ? takeReport(call) : front(call)));
  const there = [`portal.example.com:443`, `${intake}:443`].map(
    (host) => `MAP ${host} 127.0.0.1:${server.port}`,
  );
  const args = [`--host-resolver-rules=${there.join(", ")}, MAP * ~NOTFOUND`];
  browser = await chromium.launch({ executablePath: findBrowser() ?? "", args });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await app?.stop();
  collector?.close();
});

/** All that the stack gives to the app, but for its data stores and what is generated: these are a test's own. */
function variables(): Record<string, string> {
  const given = inputsOf<{ key: string; value: string }>(declared, "ProjectEnvironmentVariable")
    .filter(({ key }) => !/^(DATABASE_|REDIS_|AWS_|SESSION_SECRET)/.test(key))
    .map(({ key, value }) => [key, String(value)] as const);
  return {
    ...Object.fromEntries(given),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    API_LIMIT_PER_MINUTE: "600",
  };
}

async function takeReport({ method, body, headers }: Call): Promise<Answer> {
  if (method === "POST") seen.push(body.toString());
  return says(method === "POST" ? 202 : 200, "", {
    "access-control-allow-origin": headers["origin"] ?? "*",
    "access-control-allow-headers": "*",
    "cross-origin-resource-policy": "cross-origin",
  });
}

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

async function logIn(page: Page): Promise<void> {
  await page.fill("#login input[name=email]", app.account.email);
  await page.fill("#login input[name=password]", app.account.password);
  await page.click("#login button");
  await page.waitForURL(`${site}/portal`);
}

describe("behind the declared edge", () => {
  it("customers log in, draft and place an order, and see the administration", async () => {
    const { page, complaints } = await open("/portal");
    expect(page.url()).toBe(`${site}/login`);
    await logIn(page);
    await page.fill("#draft input[name=title]", "Lamp of the edge");
    await page.fill("#draft input[name=amount]", "12.50");
    await page.click("#draft button");
    await page.click('[aria-label="Place Lamp of the edge"]');
    await page.waitForSelector('tr:has-text("Lamp of the edge"):has-text("placed")');
    await page.fill("#help textarea", "Is the edge there?");
    await page.click("#help button");
    await page.waitForSelector("text=We answer within a day.");
    await page.click("text=Administration");
    await page.waitForURL(`${site}/admin`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("a session is a cookie of this host alone, over TLS", async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`${site}/login`);
    await logIn(page);
    const session = (await context.cookies()).find(({ name }) => /session/i.test(name));
    expect(session).toMatchObject({ name: "__Host-session", httpOnly: true, secure: true, sameSite: "Lax" });
    await context.close();
  });

  it.each(["/", "/login", "/api/health", "/api/orders", "/api/orders/1", "/api/analytics", "/api/search"])(
    "%s is answered with 200, as its check wants it",
    async (path) => {
      expect((await edge({ ...stranger, path })).status).toBe(200);
    },
  );

  it("Vercel's clock runs the job", async () => {
    const answer = await vercel.callCron("/api/cron/send-reminders");
    expect(answer?.status).toBe(200);
    expect(JSON.parse(answer?.body.toString() ?? "")).toEqual({ reminded: expect.any(Number) });
  });

  it("visitors are limited by the address that the edge tells, which none of them can set", async () => {
    const asks = (address: string) =>
      edge({ ...stranger, address, path: "/api/analytics", headers: { "x-viewer-address": "198.51.100.1" } });
    const codes = new Set<number>();
    // A limit is one of a minute, and the next may begin meanwhile: more than two hold.
    for (let asked = 0; asked < 1_300 && !codes.has(429); asked += 100) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => asks("203.0.113.77")));
      for (const { status } of answers) codes.add(status);
    }
    expect([...codes].sort()).toEqual([200, 429]);
    expect((await asks("203.0.113.78")).status).toBe(200);
  });
});

/** Metrics that the declared monitors and dashboards ask for, but those that Datadog and AWS make themselves. */
function wanted(): { readonly own: readonly string[]; readonly traces: readonly string[] } {
  const texts = JSON.stringify(
    declared.filter(({ type }) => /^(Monitor|Dashboard|DashboardJson)$/.test(type)),
  );
  const names = new Set(
    [...texts.matchAll(/\b(?:avg|sum|min|max|count|p\d\d):([a-z][\w.]+)\{/g)].map(([, n = ""]) => n),
  );
  const traces = [...names].filter((name) => name.startsWith("trace."));
  const others = /^(trace|aws|dora|datadog|portal\.)/;
  return { own: [...names].filter((name) => !others.test(name)), traces };
}

describe("monitors", () => {
  beforeAll(async () => {
    for (const path of ["/api/orders", "/api/orders/1", "/api/analytics", "/api/search?q=oak"]) {
      await edge({ ...stranger, path });
    }
    await edge({ ...stranger, path: "/api/orders/drafts", method: "POST" });
    const { page } = await open("/login");
    await page.fill("#signup input[name=name]", "Ana");
    await page.fill("#signup input[name=email]", "ana@example.com");
    await page.fill("#signup input[name=password]", "a password of Ana");
    await page.click("#signup button");
    await page.waitForURL(`${site}/portal`);
    await page.close();
  });

  it("have each metric that they ask for", async () => {
    const { own } = wanted();
    expect(own.length).toBeGreaterThan(12);
    const missing = () => own.filter((name) => !collector.points.some(({ metric }) => metric === name));
    await expect.poll(missing, patience).toEqual([]);
  });

  it("have each kind of span, as Datadog names it", async () => {
    // Datadog, "Migrate to New Operation Name Mappings": by the kind, and by what is called.
    const operation = ({ kind, attributes }: Collector["spans"][number]) => {
      if (kind === 2 && "http.method" in attributes) return "http.server.request";
      return kind === 3 && "db.system" in attributes ? `${attributes["db.system"]}.query` : "";
    };
    const { traces } = wanted();
    expect(traces.length).toBeGreaterThan(5);
    const missing = () => {
      const there = new Set(collector.spans.map(operation));
      return traces.filter(
        (name) => !there.has(name.replace(/^trace\./, "").replace(/\.(hits|errors)$/, "")),
      );
    };
    await expect.poll(missing, patience).toEqual([]);
  });

  it("find the service, the stack and the release on all of it", () => {
    const found = [...collector.spans, ...collector.points].map(({ resource }) => resource);
    expect(found.length).toBeGreaterThan(50);
    const wrong = found.filter(
      (resource) =>
        resource["service.name"] !== "portal" ||
        resource["deployment.environment.name"] !== "prod" ||
        resource["service.version"] !== app.commit ||
        resource["service.instance.id"] === undefined,
    );
    expect(wrong).toEqual([]);
    expect(collector.headers.every((headers) => String(headers["dd-api-key"]).length > 5)).toBe(true);
  });

  it("tell the endpoint classes apart", async () => {
    const classes = () => [...new Set(collector.spans.map(({ attributes }) => attributes["endpoint.class"]))];
    await expect
      .poll(classes, patience)
      .toEqual(expect.arrayContaining(["list", "read", "write", "analytics", "search"]));
  });

  it("count each request once, and refused ones as no failure", async () => {
    const of = (target: string) =>
      collector.spans.filter(({ kind, attributes }) => kind === 2 && attributes["http.target"] === target);
    await edge({ ...stranger, path: "/?counted=once" });
    await expect.poll(() => of("/?counted=once").length, patience).toBe(1);
    expect(of("/api/orders/drafts").map(({ failed }) => failed)).toEqual([false]);
  });

  it("get sums as what came since the last report", () => {
    const growing = collector.points.filter(
      ({ metric, temporality }) =>
        /^(business|job)\./.test(metric) && temporality !== undefined && temporality !== 1,
    );
    expect(growing).toEqual([]);
  });

  it("read of real visits what the browser saw of them", async () => {
    const { page } = await open("/");
    await page.click("text=Log in or open an account");
    await page.waitForURL(`${site}/login`);
    await page.goto("about:blank");
    await page.close();
    await expect.poll(() => seen.join("\n"), patience).toMatch(/"type":"view"/);
    expect(seen.join("\n")).toMatch(/"service":"portal"/);
    expect(seen.join("\n")).toMatch(/env:prod/);
  });

  it("have a line of the log for each request", () => {
    const lines = app.log.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    const requests = lines.filter(({ http }) => http?.url_details.path === "/api/orders/drafts");
    expect(requests).toMatchObject([
      { status: "info", service: "portal", env: "prod", http: { status_code: 401 } },
    ]);
    expect(lines.some(({ evt }) => evt?.name === "authentication" && evt.outcome === "success")).toBe(true);
  });
});
