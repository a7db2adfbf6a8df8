/** The report's page in a browser: accessible, without sideways scrolling, without a script, and as the JSON has it. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../../readiness/render/html.ts";
import { type Report, reportOf, stackReport } from "../../../readiness/report.ts";
import { findBrowser } from "../../support/browser.ts";
import { commit, conditionalReport, finding, findingsFor, stackOf } from "../fixtures.ts";
import { run } from "../project.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hostile = `</code></style><script>document.title="taken"</script><img src=x onerror="document.title='taken'"/>`;
const long = "a-name-without-a-break-".repeat(12);

let folder: string;
let browser: Browser;
let told: Report;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "report-page-"));
  const outputs = [
    "--format",
    "html",
    "--out",
    join(folder, "prod.html"),
    "--format",
    "json",
    "--out",
    join(folder, "prod.json"),
  ];
  await run(["check", "--stack", "prod", ...outputs]);
  told = JSON.parse(readFileSync(join(folder, "prod.json"), "utf8"));
  const found = [hostile, long].map((name) =>
    finding("DB-02", "fail", { subject: name, observed: name, source: { file: name, line: 1 } }),
  );
  const failing = stackReport(
    stackOf("live", [`aws:rds/${long}:${long}`]),
    [...findingsFor("pass"), ...found],
    commit,
    [hostile],
  );
  const issues = [{ path: hostile, message: long, place: long }];
  const pages = {
    failing: reportOf([failing]),
    several: reportOf([conditionalReport(), failing], [{ stack: "dev", reason: hostile, issues }]),
  };
  for (const [name, report] of Object.entries(pages))
    writeFileSync(join(folder, `${name}.html`), renderHtml(report));
  browser = await chromium.launch({ executablePath: findBrowser() ?? "chromium" });
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options);
  await page.goto(`file://${join(folder, `${name}.html`)}`);
  return page;
}

// As text, since types of the browser would hold everywhere.
const unfold = (page: Page) =>
  page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true;");
const widthOf = (page: Page) => page.evaluate<number>("document.documentElement.scrollWidth");
const titlesOf = (page: Page, selector: string) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll("${selector}")].map((e) => e.getAttribute("title"))`,
  );
const violationsOf = (page: Page) =>
  page.evaluate<string[]>(`axe
    .run(document, { rules: { "color-contrast-enhanced": { enabled: true } } })
    .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`);
/** The fragments that links name, and those that stay hidden when they are followed with everything folded. */
const followed = (page: Page) =>
  page.evaluate<{ readonly names: string[]; readonly hidden: string[] }>(`(() => {
    const names = [...new Set([...document.querySelectorAll("a[href^='#']")].map((a) => a.getAttribute("href")))];
    const hidden = names.filter((name) => {
      for (const details of document.querySelectorAll("details")) details.open = false;
      location.hash = name;
      return !document.getElementById(name.slice(1))?.checkVisibility();
    });
    return { names, hidden };
  })()`);

describe.each(["prod", "failing", "several"])("the page of %s", (name) => {
  it.each(name === "prod" ? (["light", "dark"] as const) : (["light"] as const))(
    "has no accessibility violation in %s, folded and open",
    async (colorScheme) => {
      const page = await open(name, { colorScheme, bypassCSP: true });
      await page.evaluate(axe);
      expect(await violationsOf(page)).toEqual([]);
      await unfold(page);
      expect(await violationsOf(page)).toEqual([]);
      await page.close();
    },
  );

  it.each([320, 390, 600, 768, 1024, 1280, 2200])(
    "does not scroll sideways at %i px, folded or open",
    async (width) => {
      const page = await open(name, { viewport: { width, height: 900 } });
      expect(await widthOf(page)).toBeLessThanOrEqual(width);
      await unfold(page);
      expect(await widthOf(page)).toBeLessThanOrEqual(width);
      await page.close();
    },
  );

  it("opens what each of its links names, without a script", async () => {
    const page = await open(name, { javaScriptEnabled: false });
    const { names, hidden } = await followed(page);
    expect(hidden).toEqual([]);
    expect(names.length).toBeGreaterThan(200);
    await page.close();
  });

  it("runs nothing that a name holds, and shows it as text", async () => {
    const page = await open(name);
    expect(await page.title()).not.toBe("taken");
    expect(await page.locator("script, img, link, iframe").count()).toBe(0);
    if (name !== "prod") expect(await page.textContent("main")).toContain(hostile);
    await page.close();
  });
});

describe.each(["prod", "failing", "several"])("the page of %s on paper", (name) => {
  /** A4 without its margins, at 96 dots an inch. */
  const viewport = { width: 688, height: 1008 };

  it("shows every item in ink on white, the folded ones too, and is no wider than the paper", async () => {
    const page = await open(name, { viewport, colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    const hidden = await page.evaluate<number>(
      "[...document.querySelectorAll('.row summary')].filter((row) => !row.checkVisibility()).length",
    );
    expect(hidden).toBe(0);
    expect(await page.locator(".row summary").count()).toBeGreaterThan(200);
    const look = await page.evaluate<string[]>(`[document.body, document.querySelector("th")].map((e) => {
      const { backgroundColor, color } = getComputedStyle(e);
      return backgroundColor + " " + color;
    })`);
    expect(look).toEqual(["rgb(255, 255, 255) rgb(21, 24, 28)", expect.stringContaining("rgb(74, 82, 91)")]);
    expect(await widthOf(page)).toBeLessThanOrEqual(viewport.width);
    await page.close();
  });

  it("breaks within no row, picture, short table or foot, and after no heading", async () => {
    const page = await open(name, { viewport });
    await page.emulateMedia({ media: "print" });
    const breaking = (property: string, selectors: readonly string[]) =>
      page.evaluate<string[]>(
        `${JSON.stringify(selectors)}.filter((of) =>
          [...document.querySelectorAll(of)].some((e) => getComputedStyle(e)["${property}"] !== "avoid"))`,
      );
    const whole = ["tr", ".row", ".cols", ".group summary", ".block", ".sev", "figure", ".strip", ".short"];
    expect(await breaking("breakInside", [...whole, "section p.src"])).toEqual([]);
    expect(await breaking("breakAfter", ["h2", "h3", "h4", ".lead", ".key", ".cols"])).toEqual([]);
    await page.close();
  });
});

describe("the page of a whole stack", () => {
  it("is small", () => {
    expect(statSync(join(folder, "prod.html")).size).toBeLessThan(400_000);
  });

  it("says what the JSON says", async () => {
    const page = await open("prod");
    const text = async (selector: string) =>
      ((await page.textContent(selector)) ?? "").replace(/[\s\u00a0]+/g, " ");
    const [stack] = told.stacks;
    const { operations, checklist, quietness } = stack ?? expect.fail("no stack");
    const items = await titlesOf(page, ".strip a");
    const shown = (item: (typeof checklist)[number]) =>
      item.standing === "unproven" && !item.required
        ? item.phase === "after"
          ? "due after"
          : "not asked"
        : item.standing;
    expect(items.toSorted()).toEqual(
      checklist
        .map((item) => `${item.id} ${shown(item).replace("not-applicable", "not asked")}: ${item.statement}`)
        .toSorted(),
    );
    expect(await text("h1")).toContain(stack?.verdict);
    const levels = await text("#levels");
    for (const { name, target, unit } of operations?.levels.value?.levels ?? []) {
      expect(levels).toContain(name);
      if (target !== null) expect(levels).toContain(`${target.toLocaleString("en-GB")} ${unit}`);
    }
    expect(stack?.measurements).toEqual([]);
    for (const item of ["PRE-02", "PRE-07", "PRE-08", "PRE-09", "INC-01", "INC-02"]) {
      expect(levels).toMatch(new RegExp(`${item} ?npm run \\S+ -- `));
    }
    for (const { minutes, burns } of operations?.levels.value?.budgets ?? []) {
      expect(levels).toContain(`${minutes} minutes of`);
      for (const { share, hours } of burns)
        expect(levels).toContain(`${share * 100} % went within ${hours} h`);
    }
    const detection = await text("#detection");
    for (const { name, faults } of operations?.alerts.value ?? []) {
      expect(detection).toContain(name);
      for (const { name: fault, seconds } of faults) {
        const minutes = Math.floor(seconds / 60) % 60;
        expect(detection).toMatch(new RegExp(`${fault}: (\\d+ h )?(${minutes} min)?`));
      }
    }
    const [loudest] = quietness.alerts.toSorted((a, b) => (b.pagesAWeek ?? 0) - (a.pagesAWeek ?? 0));
    expect(detection).toContain(loudest?.why.replace(/ fires? it$/, ""));
    const humans = await text("#humans");
    expect(humans).toContain("It opens the incidents of SEV2 and SEV3 with its own");
    for (const { check, asks, alarm, seconds } of operations?.outside.value ?? expect.fail("no watch")) {
      for (const where of [levels, humans]) expect(where).toContain(check);
      for (const said of [asks, alarm]) expect(detection).toContain(said);
      expect(humans).toContain(`${Math.floor(seconds / 60)} min ${seconds % 60} s while Datadog is down`);
    }
    for (const { severity, levels: told } of operations?.escalations.value ?? []) {
      expect(humans).toContain(severity);
      for (const person of told[0]?.told ?? []) expect(humans).toContain(person.replace(/^.*: /, ""));
    }
    const year = await text("#oncall");
    for (const { shifts } of operations?.onCall.value?.rotations ?? []) {
      for (const { person } of shifts) expect(year).toContain(person);
    }
    for (const { hours } of operations?.onCall.value?.clockChanges ?? [])
      expect(year).toContain(`${hours} hours`);
    const architecture = await text("#architecture");
    for (const { title, facts } of operations?.architecture.value?.parts ?? []) {
      for (const said of [title, ...facts]) expect(architecture).toContain(said);
    }
    await page.close();
  });
});
