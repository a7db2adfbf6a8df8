/** Pages and Server Actions, called as Next.js calls them; journeys in a browser see them work together. */
import { randomBytes } from "node:crypto";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import AdminPage from "../../app/admin/page.tsx";
import Failed from "../../app/error.tsx";
import FailedWhole from "../../app/global-error.tsx";
import Layout from "../../app/layout.tsx";
import { logIn, signUp } from "../../app/login/actions.ts";
import LoginPage from "../../app/login/page.tsx";
import NotFound from "../../app/not-found.tsx";
import Home from "../../app/page.tsx";
import { askForHelp, draft, logOut, place } from "../../app/portal/actions.ts";
import PortalPage from "../../app/portal/page.tsx";
import { onRequestError, register } from "../../instrumentation.ts";
import { appDatabase, checks, type OwnDatabase } from "../support/database.ts";

/** The visitor's cookies and address. */
const jar = new Map<string, string>();
let address: string;
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
    delete: (name: string) => jar.delete(name),
  }),
  headers: async () => new Headers({ "x-viewer-address": address }),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined }));
vi.mock("next/link", () => ({
  default: ({ href, children }: { href: string; children: string }) => <a href={href}>{children}</a>,
}));

let database: OwnDatabase;
beforeAll(async () => {
  process.env["NEXT_RUNTIME"] = "nodejs";
  database = await appDatabase();
  await register();
});
afterAll(() => database.drop());
beforeEach(() => {
  jar.clear();
  address = randomBytes(8).toString("hex");
});

function form(fields: Readonly<Record<string, string>>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
}

/** Where Next.js is told to go, by an error of its own. */
const leadsTo = (path: string) => expect.objectContaining({ digest: expect.stringContaining(`;${path};`) });
const enter = () => expect(logIn(undefined, form(checks))).rejects.toEqual(leadsTo("/portal"));

it("the homepage, the login and what went wrong are pages", async () => {
  expect(renderToStaticMarkup(await Home())).toContain("The demonstration shop has 60 orders.");
  expect(renderToStaticMarkup(<LoginPage />)).toContain('autoComplete="current-password"');
  expect(renderToStaticMarkup(<NotFound />)).toContain("There is no such page");
  expect(renderToStaticMarkup(<Failed reset={() => undefined} />)).toContain("Try again");
  expect(renderToStaticMarkup(<FailedWhole />)).toContain("It has been reported");
});

describe("the frame", () => {
  const frame = async () => renderToStaticMarkup(await Layout({ children: "page" }));

  it("leads strangers to the login, and staff to the administration", async () => {
    expect(await frame()).toContain('href="/login"');
    await enter();
    expect(await frame()).toContain('href="/admin"');
  });
});

describe("a stranger", () => {
  it.each([PortalPage, AdminPage, () => draft(undefined, form({})), () => place(form({}))])(
    "is sent to the login (%#)",
    async (what) => {
      await expect(what()).rejects.toEqual(leadsTo("/login"));
    },
  );

  it.each([
    { email: "no address", password: "x" },
    { ...checks, password: "wrong" },
  ])("is not let in by %j", async (given) => {
    expect(await logIn(undefined, form(given))).toMatch(/e-mail address/);
    expect(jar.size).toBe(0);
  });

  it("is held back after many guesses", async () => {
    // No window of the limit ends meanwhile.
    vi.useFakeTimers({ toFake: ["Date"] });
    const email = "guessed@example.com";
    const tries: (string | undefined)[] = [];
    for (let guess = 0; guess < 16; guess++) {
      // From anywhere: the account is what counts.
      address = randomBytes(8).toString("hex");
      tries.push(
        await signUp(undefined, form({ name: "Ana", email, password: "a password of Ana" })).catch(
          () => "in",
        ),
      );
    }
    expect(tries.at(0)).toBe("in");
    expect(tries.at(1)).toMatch(/could not be opened/);
    expect(tries.at(-1)).toMatch(/Too many attempts/);
    expect(await logIn(undefined, form({ email, password: "a password of Ana" }))).toMatch(
      /Too many attempts/,
    );
    vi.useRealTimers();
  });

  it("opens no account without a name, and is no staff with one", async () => {
    const given = { email: "maria@example.com", password: "a password of Maria" };
    expect(await signUp(undefined, form({ ...given, name: "" }))).toMatch(/Please enter a name/);
    await expect(signUp(undefined, form({ ...given, name: "Maria" }))).rejects.toEqual(leadsTo("/portal"));
    await expect(AdminPage()).rejects.toEqual(
      expect.objectContaining({ digest: expect.stringContaining("404") }),
    );
  });
});

describe("a customer", () => {
  beforeEach(enter);

  it("drafts an order and places it", async () => {
    expect(await draft(undefined, form({ title: "", amount: "1" }))).toMatch(/Please say what is ordered/);
    expect(await draft(undefined, form({ title: "Lamp <b>", amount: "12,50" }))).toBeUndefined();
    const page = renderToStaticMarkup(await PortalPage());
    expect(page).toContain("Lamp &lt;b&gt;");
    expect(page).toContain("€12.50");
    const [, id = ""] = /name="id" value="(\d+)"/.exec(page) ?? [];
    await place(form({ id: "1.5" }));
    await place(form({ id }));
    expect(renderToStaticMarkup(await PortalPage())).toContain("placed");
  });

  it("asks for help", async () => {
    expect(await askForHelp(undefined, form({ message: " " }))).toMatch(/Please write your question/);
    expect(await askForHelp(undefined, form({ message: "Where is my lamp?" }))).toMatch(/Thank you/);
  });

  it("sees the administration as staff", async () => {
    expect(renderToStaticMarkup(await AdminPage())).toMatch(/orders<\/th><td>60/);
  });

  it("logs out", async () => {
    await expect(logOut()).rejects.toEqual(leadsTo("/"));
    await expect(PortalPage()).rejects.toEqual(leadsTo("/login"));
  });
});

it("an error of a page is reported, without what was asked for", async () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const request = { path: "/portal?q=secret", method: "GET", headers: {} };
  const context = { routerKind: "App Router", routePath: "/portal", routeType: "render" } as const;
  await onRequestError(new Error("broken"), request, {
    ...context,
    renderSource: undefined,
    revalidateReason: undefined,
  });
  write.mockRestore();
  expect(JSON.parse(lines.join(""))).toMatchObject({ status: "error", message: "broken", path: "/portal" });
  expect(lines.join("")).not.toContain("secret");
});
