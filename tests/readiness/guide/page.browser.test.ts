/** Guide and runbooks as one page in a browser. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guidePage } from "../../../readiness/guide/page.ts";
import { findBrowser } from "../../support/browser.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const word = "a-word-without-a-break-".repeat(9);
const guide = [
  {
    name: "README.md",
    text: `# Guide\n\nSee [database](../../runbooks/database.md#symptom), [here](#here), [elsewhere](../evidence.md) and [bad](javascript:alert(1)).\n\n## Here\n\n- [ ] done\n`,
  },
];
const runbooks = [
  {
    name: "database.md",
    text: `# Database\n\n## Symptom\n\n| a | ${word} |\n|---|---|\n| 1 | ${word} |\n\n\`\`\`sh\n# two\n${word} lines\n\`\`\`\n\n## Symptom\n`,
  },
];
let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "guide-page-"));
  browser = await chromium.launch({ executablePath: findBrowser() ?? "chromium" });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ bypassCSP: true, ...options });
  await page.setContent(
    guidePage(
      { product: "<b>portal", repository: "example/portal" } as Parameters<typeof guidePage>[0],
      guide,
      runbooks,
    ),
  );
  return page;
}

describe("the guide's page", () => {
  it.each(["light", "dark"] as const)("has no accessibility violation in %s", async (colorScheme) => {
    const page = await open({ colorScheme });
    await page.evaluate(axe);
    const violations = await page.evaluate<string[]>(`axe
      .run(document, { rules: { "color-contrast-enhanced": { enabled: true } } })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`);
    expect(violations).toEqual([]);
    await page.close();
  });

  it.each([320, 390, 1280, 2200])("does not scroll sideways at %i px", async (width) => {
    const page = await open({ viewport: { width, height: 900 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.close();
  });

  it("leads within the page to what is on it, to the repository for the rest, and nowhere else", async () => {
    const page = await open();
    const links = await page.evaluate<string[]>(
      `[...document.querySelectorAll("main a")].map((a) => a.getAttribute("href"))`,
    );
    expect(links).toEqual([
      "#runbook-database--symptom",
      "#guide-readme--here",
      "https://github.com/example/portal/blob/main/docs/evidence.md",
    ]);
    const missing = await page.evaluate(
      `[...document.querySelectorAll("a[href^='#']")].filter((a) => !document.getElementById(a.hash.slice(1))).length`,
    );
    expect(missing).toBe(0);
    expect(await page.locator("#runbook-database--symptom-1").count()).toBe(1);
    expect(await page.textContent("pre")).toBe(`# two\n${word} lines`);
    expect(await page.textContent("h1")).toBe("<b>portal: operator's guide");
    await page.close();
  });
});
