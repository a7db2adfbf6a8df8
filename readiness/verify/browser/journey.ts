/** The way of a visitor with a test account: login, portal, admin, in a browser that nobody else uses. */
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { isPrivate } from "../addresses.ts";
import type { Site } from "../site.ts";
import type { Page, Service } from "../subject.ts";
import { type Visit, visit, watching } from "./visit.ts";

export interface Account {
  readonly user: string;
  readonly password: string;
}

export interface Journey {
  readonly service: string;
  /** Why there was none; nothing where there was. */
  readonly failure: string | undefined;
  /** Each page once, or three times where it was slow the first time. */
  readonly visits: readonly (readonly Visit[])[];
  /** What came of the login; nothing where there was no account or no login. */
  readonly login: { readonly problem: string | undefined } | undefined;
  /** Of the account that is logged in. */
  readonly cookies: string | undefined;
}

const milliseconds = 15_000;
/** As Core Web Vitals have it; beyond it chance has to be ruled out. */
const goodLcpMs = 2_500;
const goodCls = 0.1;
const repeats = 2;

export async function browse(
  site: Site,
  executablePath: string,
  account: Account | undefined,
  progress: (text: string) => void,
): Promise<readonly Journey[]> {
  const browser = await chromium.launch({
    executablePath,
    // Chromium has none for root, as in a container, which is one itself.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [`--host-resolver-rules=${rules(site)}`],
    timeout: milliseconds,
  });
  try {
    const journeys: Journey[] = [];
    for (const service of site.subject.services)
      journeys.push(await through(browser, site, service, account, progress));
    return journeys;
  } finally {
    await browser.close();
  }
}

/** The site's name leads where it led at first; no page of the public web gets into a private network. */
function rules({ url, at }: Site): string {
  const address = at.family === 6 ? `[${at.address}]` : at.address;
  const own = `MAP ${url.hostname} ${address}`;
  if (isPrivate(at.address)) return own;
  const inside = [
    "localhost",
    "*.localhost",
    "127.*",
    "10.*",
    "192.168.*",
    "169.254.*",
    "172.16.*",
    "[::1]",
    "[fc*",
    "[fd*",
    "[fe80*",
  ];
  return [own, ...inside.map((name) => `MAP ${name} ~NOTFOUND`)].join(", ");
}

async function through(
  browser: Browser,
  site: Site,
  service: Service,
  account: Account | undefined,
  progress: (text: string) => void,
): Promise<Journey> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: site.settings.ca !== undefined,
    serviceWorkers: "block",
  });
  context.setDefaultTimeout(milliseconds);
  await context.addInitScript(watching);
  const loginPath = service.pages.find(({ role }) => role === "login")?.path;
  const visits: (readonly Visit[])[] = [];
  const see = async (path: string) => {
    progress(`${path} in a browser…`);
    visits.push(await several(context, new URL(path, site.url)));
  };
  const [open, behind] = [service.pages.filter(isOpen), service.pages.filter((page) => !isOpen(page))];
  try {
    for (const { path } of open) await see(path);
    const login =
      account && loginPath !== undefined
        ? { problem: await logIn(context, new URL(loginPath, site.url), account) }
        : undefined;
    for (const { path } of behind) await see(path);
    const cookies =
      login && (await context.cookies(site.url.href)).map(({ name, value }) => `${name}=${value}`).join("; ");
    return { service: service.name, failure: undefined, visits, login, cookies };
  } finally {
    await context.close();
  }
}

/** What a stranger sees: the pages before the login, and of anybody's address the page. */
function isOpen({ role }: Page): boolean {
  return role === "homepage" || role === "login";
}

/** One slow visit may be the machine's: then the middle one of three counts. */
async function several(context: BrowserContext, url: URL): Promise<readonly Visit[]> {
  const first = await visit(context, url, milliseconds, true);
  const { lcpMs, cls } = first.vitals;
  if ((lcpMs ?? 0) <= goodLcpMs && (cls ?? 0) <= goodCls) return [first];
  const more: Visit[] = [];
  for (let i = 0; i < repeats; i++) more.push(await visit(context, url, milliseconds, false));
  return [first, ...more];
}

const userField =
  "input[type=email], input[autocomplete=username], input[name*=mail i], input[name*=user i], input[name*=login i], input[type=text]";

/** What is wrong with it, in words that hold nothing of the account. */
async function logIn(
  context: BrowserContext,
  url: URL,
  { user, password }: Account,
): Promise<string | undefined> {
  const page = await context.newPage();
  try {
    await page.goto(url.href, { waitUntil: "load" });
    const secret = page.locator("input[type=password]").first();
    const name = page.locator(userField).first();
    if ((await secret.count()) === 0 || (await name.count()) === 0)
      return "has no form with a user and a password";
    await name.fill(user);
    await secret.fill(password);
    const from = new URL(page.url()).pathname;
    await secret.press("Enter");
    const left = await page
      .waitForURL((to) => to.pathname !== from, { timeout: milliseconds / 3 })
      .then(
        () => true,
        () => false,
      );
    return left ? undefined : "does not take the test account: it stays on the login page";
  } catch {
    return "cannot be filled in";
  } finally {
    await page.close();
  }
}
