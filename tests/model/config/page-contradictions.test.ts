import { expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { prodConfig, prodSettings } from "../prod-config.ts";

const issuesOf = (part: object) => {
  const service = { ...Object(prodSettings()["readiness:services"])[0], checks: {}, ...part };
  return checkConfig("prod", prodConfig([["readiness:services"], [service]])).issues.map(
    ({ path, message }) => `${path.replace("readiness:services[0].", "")}: ${message}`,
  );
};

it("are pages with the name of another check", () => {
  expect(issuesOf({ pages: { homepage: "/", health: "/health" } })).toEqual([
    'pages.health: found "health", must be another name: a check of the service has it',
  ]);
});

it("are roles of pages that are not there, and of those that are", () => {
  const pages = { start: "/", login: "/login" };
  const none = { kind: "none", because: "nobody logs in" };
  expect(issuesOf({ pages, pageRoles: { portal: "start", admin: none } })).toEqual([]);
  expect(issuesOf({ pages, pageRoles: { login: "sign-in" } })).toEqual([
    'pageRoles.login: found "sign-in", must be a page of the service: start, login',
  ]);
  expect(issuesOf({ pages, pageRoles: { login: none } })).toEqual([
    'pageRoles.login.kind: found "none", must be nothing: the service has a page login',
  ]);
});

it("are no reasons, and roles that nobody asks after", () => {
  const wanted = "must be the name of one of its pages, or kind: none and because";
  expect(issuesOf({ pageRoles: { admin: { kind: "none" } } })).toEqual([
    `pageRoles.admin: found a map, ${wanted}`,
  ]);
  expect(issuesOf({ pageRoles: { admin: 3 } })).toEqual([`pageRoles.admin: found 3, ${wanted}`]);
  expect(issuesOf({ pageRoles: { homepage: { kind: "none", because: "it is an API" } } })).toEqual([
    "pageRoles.homepage: found a map, must be a lower-case name such as web-platform",
  ]);
  expect(issuesOf({ pageRoles: { logn: "login" } })).toEqual([expect.stringContaining("logn")]);
});
