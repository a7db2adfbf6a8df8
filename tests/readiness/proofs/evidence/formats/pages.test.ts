/** Pages in a browser: accessibility and speed, of the page that was asked for and of none other. */
import { describe, expect, it } from "vitest";
import { axe } from "../../../../../readiness/proofs/evidence/formats/accessibility/axe.ts";
import { lhci } from "../../../../../readiness/proofs/evidence/formats/performance/lhci.ts";
import { lighthouse } from "../../../../../readiness/proofs/evidence/formats/performance/lighthouse.ts";
import { altered, fileOf, fixture, measureOf, problemOf, rawOf, reading } from "./support.ts";

const site = "http://127.0.0.1:48733";
const wcag = ["wcag21a", "wcag21aa", "wcag2a", "wcag2aa"];

describe("axe", () => {
  it("reads what a page keeps and breaks, under which standards", () => {
    expect(reading(axe, fixture("axe/violations.json"))).toEqual({
      tool: "axe-core",
      version: "4.14.1",
      startedAt: null,
      finishedAt: rawOf("axe/violations.json").timestamp,
      commit: null,
      measure: {
        kind: "accessibility",
        pages: [
          {
            url: `${site}/broken`,
            violations: ["color-contrast", "image-alt", "label"],
            passes: 9,
            incomplete: 0,
          },
        ],
        standards: wcag,
      },
    });
    expect(measureOf(axe, fixture("axe/good.json"), "accessibility").pages).toEqual([
      { url: `${site}/`, violations: [], passes: 6, incomplete: 0 },
    ]);
  });

  it("shows the address of the login page, and of a page that failed", () => {
    const pageOf = (name: string) => measureOf(axe, fixture(`axe/${name}.json`), "accessibility").pages[0];
    expect(pageOf("login-page")).toMatchObject({ url: `${site}/login`, violations: [] });
    expect(pageOf("failing")).toMatchObject({ url: `${site}/failing`, violations: [] });
  });

  it("counts of several pages the standards that all were held to", () => {
    const pages = [rawOf("axe/all-rules.json"), rawOf("axe/violations.json")];
    expect(measureOf(axe, fileOf(pages), "accessibility")).toMatchObject({
      pages: [{ url: `${site}/` }, { url: `${site}/broken` }],
      standards: wcag,
    });
  });

  it.each([
    ["blank-page", /^about:blank: no page of a site/],
    ["refused", /^chrome-error:\/\/chromewebdata\/: no page of a site/],
    ["no-such-tag", /no rule ran: correct the tags$/],
    ["one-rule", /single rules ran, a standard must run whole: html-has-lang$/],
    ["rules-off", /rules were off, all of a standard must run: label, image-alt, color-contrast$/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(axe, fixture(`axe/${name}.json`))).toMatch(problem);
  });

  it("refuses no page at all, and says which field of one is wrong", () => {
    expect(problemOf(axe, fileOf([]))).toMatch(/another version/);
    expect(problemOf(axe, altered("axe/good.json", ['"axe-core"', '"pa11y"']))).toMatch(/testEngine.name/);
  });
});

describe("Lighthouse", () => {
  it("reads one visit; no INP without a visitor", () => {
    const { audits, fetchTime } = rawOf("lighthouse/good.json");
    expect(reading(lighthouse, fixture("lighthouse/good.json"))).toEqual({
      tool: "lighthouse",
      version: "13.5.0",
      startedAt: fetchTime,
      finishedAt: null,
      commit: null,
      measure: {
        kind: "performance",
        pages: [
          {
            url: `${site}/`,
            shown: `${site}/`,
            lcpMs: audits["largest-contentful-paint"].numericValue,
            cls: audits["cumulative-layout-shift"].numericValue,
            inpMs: null,
            responseMs: audits["server-response-time"].numericValue,
          },
        ],
      },
    });
  });

  it("shows that a login page came instead", () => {
    expect(measureOf(lighthouse, fixture("lighthouse/redirected.json"), "performance").pages).toMatchObject([
      { url: `${site}/orders`, shown: `${site}/login` },
    ]);
  });

  it.each([
    ["failing", /^the page was not measured: ERRORED_DOCUMENT_REQUEST: /],
    ["nothing-painted", /^the page was not measured: NO_FCP: /],
    ["failing-ignored", /^it was told to measure error pages too/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(lighthouse, fixture(`lighthouse/${name}.json`))).toMatch(problem);
  });

  it("refuses a snapshot, other categories and times below zero", () => {
    const change = (from: RegExp, to: string) =>
      problemOf(lighthouse, altered("lighthouse/good.json", [from, to]));
    expect(change(/"navigation"/, '"snapshot"')).toMatch(/^it is a snapshot/);
    expect(change(/"numericValue"/, '"other"')).toMatch(/^it has no audit of speed/);
    expect(change(/"numericValue":/, '"numericValue":-')).toMatch(/audits\..*numericValue/);
  });
});

describe("LHCI", () => {
  it("reads the speed of each page that is asserted", () => {
    const all: { auditId: string; url: string; values: number[] }[] = rawOf("lhci/good.json");
    const value = (url: string, id: string) => all.find((a) => a.url === url && a.auditId === id)?.values[0];
    const page = (url: string) => ({
      url,
      shown: url,
      lcpMs: value(url, "largest-contentful-paint"),
      cls: value(url, "cumulative-layout-shift"),
      inpMs: null,
      responseMs: value(url, "server-response-time"),
    });
    expect(reading(lhci, fixture("lhci/good.json"))).toEqual({
      tool: "lhci",
      version: null,
      startedAt: null,
      finishedAt: null,
      commit: null,
      measure: { kind: "performance", pages: [page(`${site}/`), page(`${site}/login`)] },
    });
  });

  it("shows the address after redirects, and the values whatever its own limits", () => {
    const pagesOf = (name: string) => measureOf(lhci, fixture(`lhci/${name}.json`), "performance").pages;
    expect(pagesOf("redirected")).toMatchObject([{ url: `${site}/login` }]);
    expect(pagesOf("over")[0]?.lcpMs).toBeGreaterThan(1);
  });

  it("takes the median of several runs, not the best", () => {
    const file = altered("lhci/over.json", [/"values":\[[^\]]+\]/, '"values":[900,100,500]']);
    expect(measureOf(lhci, file, "performance").pages).toMatchObject([{ lcpMs: 500 }]);
  });

  it.each([
    ["failures-alone", /^it lists failures alone, if any: set includePassedAssertions/],
    ["no-failures", /^it lists failures alone, if any/],
    ["other-audits", /^it asserts no speed of http:\/\/127.0.0.1:48733\/: assert maxNumericValue/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(lhci, fixture(`lhci/${name}.json`))).toMatch(problem);
  });
});
