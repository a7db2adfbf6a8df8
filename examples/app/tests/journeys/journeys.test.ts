import { randomBytes } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  accessibility,
  account,
  launch,
  logIn,
  site,
  visit,
  writeAccessibility,
} from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  writeAccessibility();
  await browser.close();
});

describe("a stranger", () => {
  it("finds the homepage, and the login from there", async () => {
    const { page, complaints } = await visit(browser);
    await page.goto(site);
    expect(await page.textContent("h1")).toBe("Orders, without the paper");
    await page.click("text=Log in or open an account");
    await page.waitForURL("**/login");
    expect(complaints).toEqual([]);
  });

  it.each(["/portal", "/admin"])("is sent from %s to the login", async (path) => {
    const { page } = await visit(browser);
    await page.goto(`${site}${path}`);
    expect(new URL(page.url()).pathname).toBe("/login");
  });

  it("is told that a page is not there, by its status too", async () => {
    const { page } = await visit(browser);
    expect((await page.goto(`${site}/nowhere`))?.status()).toBe(404);
    expect(await page.textContent("h1")).toBe("There is no such page");
  });

  it("does not get in with a wrong password", async () => {
    const { page } = await visit(browser);
    await logIn(page, { ...account, password: "a wrong password" });
    await page.waitForSelector("text=The e-mail address or the password is wrong.");
    expect(new URL(page.url()).pathname).toBe("/login");
  });

  it("opens an account, and is no staff", async () => {
    const { page, complaints } = await visit(browser);
    await page.goto(`${site}/login`);
    await page.fill("#signup input[name=name]", "Ana");
    await page.fill("#signup input[name=email]", `ana-${randomBytes(6).toString("hex")}@example.com`);
    await page.fill("#signup input[name=password]", randomBytes(12).toString("hex"));
    await page.click("#signup button");
    await page.waitForURL("**/portal");
    expect(await page.textContent("h1")).toBe("Orders of Ana");
    expect(complaints).toEqual([]);
    expect((await page.goto(`${site}/admin`))?.status()).toBe(404);
  });
});

describe("a customer", () => {
  it("logs in, drafts an order, places it, asks for help, and logs out", async () => {
    const { page, complaints } = await visit(browser);
    await logIn(page);
    await page.waitForURL("**/portal");
    const title = `Lamp ${randomBytes(4).toString("hex")}`;
    await page.fill("#draft input[name=title]", title);
    await page.fill("#draft input[name=amount]", "12,50");
    await page.click("#draft button");
    await page.click(`[aria-label="Place ${title}"]`);
    await page.waitForSelector(`tr:has-text("${title}"):has-text("placed"):has-text("€12.50")`);
    await page.fill("#help textarea", "Where is my lamp?");
    await page.click("#help button");
    await page.waitForSelector("text=Thank you. We answer within a day.");
    await page.goto(`${site}/admin`);
    expect(await page.textContent("h1")).toBe("Administration");
    await page.goto(`${site}/portal`);
    await page.click("text=Log out");
    await page.waitForURL(`${site}/`);
    await page.goto(`${site}/portal`);
    expect(new URL(page.url()).pathname).toBe("/login");
    expect(complaints).toEqual([]);
  });

  it("has a cookie that no script reads", async () => {
    const { page } = await visit(browser);
    await logIn(page);
    await page.waitForURL("**/portal");
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(await page.evaluate(() => document.cookie)).toBe("");
  });
});

it.each(["/", "/login", "/portal", "/admin", "/nowhere"])("axe finds nothing on %s", async (path) => {
  const { page } = await visit(browser);
  if (path === "/portal" || path === "/admin") {
    await logIn(page);
    await page.waitForURL("**/portal");
  }
  await page.goto(`${site}${path}`);
  expect(new URL(page.url()).pathname).toBe(path);
  expect(await accessibility(page)).toEqual([]);
});
