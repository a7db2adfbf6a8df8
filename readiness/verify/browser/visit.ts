/** One page in a browser: what it shows, what it complains of, how soon it is there, what axe finds. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type axe from "axe-core";
import type { BrowserContext, ConsoleMessage, Page, Response } from "playwright-core";

export interface Visit {
  readonly path: string;
  /** Where it ended; nothing where it did not come to an answer. */
  readonly shown: string | undefined;
  readonly status: number | undefined;
  /** Why there is no page. */
  readonly failure: string | undefined;
  /** What scripts complained of. */
  readonly errors: readonly string[];
  /** Directives of the page's policy that something broke. */
  readonly violations: readonly string[];
  readonly blank: boolean;
  readonly vitals: Vitals;
  readonly axe: AxeResult | undefined;
}

export interface Vitals {
  readonly lcpMs: number | null;
  readonly cls: number | null;
  readonly inpMs: number | null;
  readonly responseMs: number | null;
}

export type AxeResult = axe.AxeResults;

/** WCAG 2.1 A and AA, as axe tags its rules. */
export const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

const require = createRequire(import.meta.url);
const read = (file: string) => readFileSync(file, "utf8");
const vitalsSource = read(join(dirname(require.resolve("web-vitals")), "web-vitals.iife.js"));
const axeSource = read(require.resolve("axe-core/axe.min.js"));

/** Runs before the page's own scripts, whatever its policy allows. */
export const watching = `${vitalsSource}
(() => {
  const seen = (window.__verify = { vitals: {}, violations: [] });
  const keep = ({ name, value }) => { seen.vitals[name] = value; };
  for (const on of [webVitals.onLCP, webVitals.onCLS, webVitals.onINP, webVitals.onTTFB]) on(keep, { reportAllChanges: true });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, disposition }) => {
    if (disposition === "enforce") seen.violations.push(effectiveDirective + " " + blockedURI);
  });
})();`;

interface Watched {
  readonly vitals: Readonly<Record<string, number | undefined>>;
  readonly violations: readonly string[];
}

/** @param audited whether axe looks too */
export async function visit(
  context: BrowserContext,
  url: URL,
  milliseconds: number,
  audited: boolean,
): Promise<Visit> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("console", (message) => errors.push(...complaint(message)));
  page.on("pageerror", ({ message }) => errors.push(message));
  try {
    const answer = await page.goto(url.href, { timeout: milliseconds, waitUntil: "load" });
    return await looked(page, url, answer, errors, milliseconds, audited);
  } catch (error) {
    const [line = ""] = String(Object(error).message).split("\n");
    const failure =
      /net::(ERR_\w+)/.exec(line)?.[1] ??
      (/Timeout/.test(line) ? "is not loaded in time" : line.slice(0, 120));
    return {
      path: url.pathname,
      shown: undefined,
      status: undefined,
      failure,
      errors,
      violations: [],
      blank: true,
      vitals: nothing,
      axe: undefined,
    };
  } finally {
    await page.close();
  }
}

const nothing: Vitals = { lcpMs: null, cls: null, inpMs: null, responseMs: null };

/** What the browser itself says of a policy is told by the event as well. */
function complaint(message: ConsoleMessage): readonly string[] {
  if (message.type() !== "error" || /Content Security Policy/i.test(message.text())) return [];
  const { url } = message.location();
  return [
    /^Failed to load resource/.test(message.text()) && url ? `${message.text()} ${url}` : message.text(),
  ];
}

async function looked(
  page: Page,
  url: URL,
  answer: Response | null,
  errors: readonly string[],
  milliseconds: number,
  audited: boolean,
): Promise<Visit> {
  // What a page still loads moves it; what never ends is not waited for.
  await page.waitForLoadState("networkidle", { timeout: Math.min(milliseconds, 3_000) }).catch(() => {});
  const blank = await page.evaluate<boolean>(isBlank);
  // What moves within half a second of a key is not counted, so what the page has begun is painted first.
  await page.evaluate(painted);
  // A key that every page takes and that changes nothing, so that there is an interaction to be measured.
  await page.keyboard.press("Tab");
  await page.evaluate(painted);
  const { vitals, violations } = await page.evaluate<Watched>("window.__verify");
  const { LCP, CLS, INP, TTFB } = vitals;
  return {
    path: url.pathname,
    shown: page.url(),
    status: answer?.status(),
    failure: undefined,
    errors,
    violations: [...new Set(violations)],
    blank,
    vitals: { lcpMs: rounded(LCP), cls: CLS ?? null, inpMs: rounded(INP), responseMs: rounded(TTFB) },
    axe: audited ? await audit(page) : undefined,
  };
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value);
}

const painted = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))";

/** Neither words nor anything else to look at. */
const isBlank = `document.body === null || (document.body.innerText.trim() === "" && document.querySelector("img, svg, canvas, video, iframe, input, button") === null)`;

async function audit(page: Page): Promise<AxeResult> {
  await page.evaluate(axeSource);
  const options = JSON.stringify({ runOnly: { type: "tag", values: standards } });
  return page.evaluate<AxeResult>(`axe.run(document, ${options})`);
}
