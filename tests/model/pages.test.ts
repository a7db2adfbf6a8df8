import { expect, it } from "vitest";
import { declarationOf } from "../../model/declaration.ts";
import { pageFor, pageRoles, rolesOf, withoutPages } from "../../model/pages.ts";

const none = { kind: "none", because: "it has no accounts" } as const;
const own = {
  path: "/",
  pages: { start: "/", "sign-in": "/sign-in", dashboard: "/app", help: "/help" },
  pageRoles: { login: "sign-in", portal: "dashboard", admin: none },
} as const;
const usual = { path: "/", pages: { homepage: "/", login: "/in", portal: "/app", admin: "/staff" } };

it("are those of the roles' names, or those that the service names", () => {
  expect(pageRoles.map((role) => pageFor(role, usual))).toEqual([...pageRoles]);
  expect(pageRoles.map((role) => pageFor(role, own))).toEqual(["start", "sign-in", "dashboard", undefined]);
  expect(pageFor("login", { ...usual, pageRoles: { login: "portal" } })).toBe("portal");
  expect(pageFor("login", { ...own, pageRoles: { login: "toString" } })).toBeUndefined();
});

it("have several roles, or none", () => {
  expect(rolesOf("start", { ...own, pageRoles: { portal: "start" } })).toEqual(["homepage", "portal"]);
  expect(rolesOf("help", own)).toEqual([]);
});

it("are not there where the service says why, and no service has one", () => {
  expect(withoutPages([own])).toEqual({ admin: "it has no accounts" });
  expect(withoutPages([own, usual])).toEqual({});
  expect(withoutPages([{ ...usual, pageRoles: { admin: none, homepage: none } }])).toEqual({});
  expect(withoutPages([{ path: "/", pages: {}, pageRoles: { homepage: none } }])).toEqual({});
  for (const said of [undefined, {}, [null, "x", { pages: null, pageRoles: { admin: { because: 3 } } }]])
    expect(withoutPages(said)).toEqual({});
  const config = JSON.stringify([own]);
  expect(declarationOf((name) => (name === "services" ? config : undefined)).withoutPages).toEqual({
    admin: "it has no accounts",
  });
});
