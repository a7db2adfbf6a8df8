/** A page, what the browser has to complain of it, and what axe finds. */
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";

export const site = process.env["SITE_URL"] ?? "";
export const account = {
  email: process.env["TEST_ACCOUNT_EMAIL"] ?? "",
  password: process.env["TEST_ACCOUNT_PASSWORD"] ?? "",
};

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
}

function findBrowser(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (found === undefined) throw new Error("there is no Chromium on PATH");
  return found;
}

export interface Visit {
  readonly page: Page;
  /** Errors in the console, exceptions, and what the policy kept from running. */
  readonly complaints: readonly string[];
}

/** A visitor of their own, who has no cookies yet. */
export async function visit(browser: Browser): Promise<Visit> {
  const page = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (violation) => {
      console.error(`policy: ${violation.violatedDirective} ${violation.blockedURI}`);
    });
  });
  return { page, complaints };
}

export async function logIn(page: Page, { email, password }: typeof account = account): Promise<void> {
  await page.goto(`${site}/login`);
  await page.fill("#login input[name=email]", email);
  await page.fill("#login input[name=password]", password);
  await page.click("#login button");
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;
const measured: Results[] = [];

/** What axe finds of WCAG 2.1 A and AA; the whole results are evidence. */
export async function accessibility(page: Page): Promise<readonly string[]> {
  const results = await new AxeBuilder({ page }).withTags(standards).analyze();
  measured.push(results);
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Where CI takes it from. */
export function writeAccessibility(): void {
  const folder = join(import.meta.dirname, "../../test-results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "axe.json"), JSON.stringify(measured));
}
