import { describe, expect, it } from "vitest";
import { taking, throwingAway } from "../../../policies/effects/log-filter.ts";

const source = { env: "prod", service: "shop" };

describe("a filter", () => {
  it.each<[string, readonly string[]]>([
    ["env:prod service:shop", []],
    ["env:prod service:(shop OR portal)", []],
    ["service:shop", []],
    ["env:* service:shop", []],
    ["env:prod service:shop status:(error OR critical)", ["status:error"]],
    ['env:prod service:shop ("a b" OR c)', ["a b"]],
  ])("%j takes all of %j", (query, subject) => {
    expect(taking(query, source, subject)).toBeUndefined();
  });

  it.each<[string, readonly string[], string]>([
    ["env:dev service:shop", [], "it takes env:dev"],
    ["env:prod service:portal", [], "it takes service:portal"],
    ["env:prod service:shop -status:error", [], "it leaves out all but -status:error"],
    ["env:prod service:shop host:a", [], "it leaves out all but host:a"],
    ["env:prod service:shop", ["status:error"], "it does not look for status:error"],
    ["env:prod service:shop -status:error", ["status:error"], "it does not look for status:error"],
    ["env:prod -service:shop", [], "it leaves out all but -service:shop"],
  ])("%j of %j: %s", (query, subject, observed) => {
    expect(taking(query, source, subject)).toMatchObject({ observed });
  });

  it("leaves in doubt what it cannot read", () => {
    expect(taking("env:prod OR service:shop", source)).toHaveProperty("doubt");
  });
});

describe("an exclusion", () => {
  it.each([
    '@http.url_details.path:("/api/health") @http.status_code:200',
    "source:nginx status:(ok OR debug)",
    "service:shop @logger:sql status:debug",
  ])("of %s loses nothing", (query) => {
    expect(throwingAway(query)).toBeUndefined();
  });

  it.each([
    "",
    "*",
    "service:shop",
    "status:error",
    "@http.status_code:200",
    "@http.url_details.path:* @http.status_code:200",
    '@http.url_details.path:"/api/health"',
    '@http.url_details.path:"/api/health" @http.status_code:(200 OR 500)',
    '@http.url_details.path:"/api/health" -@http.status_code:200',
  ])("of %j does", (query) => {
    expect(throwingAway(query)).toHaveProperty("observed");
  });

  it("of what it cannot read leaves in doubt", () => {
    expect(throwingAway("a OR b")).toHaveProperty("doubt");
  });
});
