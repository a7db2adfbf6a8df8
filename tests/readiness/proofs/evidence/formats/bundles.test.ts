/** Bundles: each route with its bytes, and configs that measured nothing. */
import { describe, expect, it } from "vitest";
import { esbuildMetafile } from "../../../../../readiness/proofs/evidence/formats/bundles/esbuild-metafile.ts";
import { nextBundle } from "../../../../../readiness/proofs/evidence/formats/bundles/next-bundle.ts";
import { sizeLimit } from "../../../../../readiness/proofs/evidence/formats/bundles/size-limit.ts";
import type { Format } from "../../../../../readiness/proofs/evidence/reading.ts";
import { altered, fixture, measureOf, problemOf, reading } from "./support.ts";

const untold = { version: null, startedAt: null, finishedAt: null, commit: null };
const routesOf = (format: Format, path: string) =>
  measureOf(format, fixture(path), "bundle").routes.map(({ route, bytes }) => [route, bytes]);

describe("Next.js", () => {
  it("reads the JavaScript of each route, uncompressed", () => {
    expect(reading(nextBundle, fixture("next-bundle/good.json"))).toEqual({
      tool: "next",
      ...untold,
      measure: {
        kind: "bundle",
        routes: [
          { route: "/pricing", bytes: 457354, compressed: false },
          { route: "/", bytes: 457070, compressed: false },
          { route: "/_not-found", bytes: 457070, compressed: false },
          { route: "/orders/[id]", bytes: 457070, compressed: false },
        ],
      },
    });
  });

  it("shows that a route is missing", () => {
    expect(routesOf(nextBundle, "next-bundle/route-missing.json").map(([route]) => route)).toEqual([
      "/",
      "/_not-found",
      "/orders/[id]",
    ]);
  });

  it("refuses another file of the same folder", () => {
    expect(problemOf(nextBundle, fixture("next-bundle/another-file.json"))).toMatch(/expected array/);
  });

  it.each([
    [/457354/, "0", "it contradicts itself: /pricing has 0 bytes in 6 files"],
    [/"\/pricing"/, '"/"', "/ is there twice, must be there once: build it again"],
  ])("refuses %s made %s", (from, to, problem) => {
    expect(problemOf(nextBundle, altered("next-bundle/good.json", [from, to]))).toBe(problem);
  });
});

describe("size-limit", () => {
  it("reads what each entry weighs, compressed", () => {
    expect(reading(sizeLimit, fixture("size-limit/good.json"))).toEqual({
      tool: "size-limit",
      ...untold,
      measure: {
        kind: "bundle",
        routes: [
          { route: "/", bytes: 92, compressed: true },
          { route: "/orders", bytes: 107, compressed: true },
        ],
      },
    });
  });

  it("tells the size, whatever the tool's own limit", () => {
    expect(routesOf(sizeLimit, "size-limit/over.json")).toEqual([["/", 92]]);
  });

  it.each([
    ["no-match", /^\/ has 0 bytes, no file was measured: correct the paths/],
    ["nothing-asked", /^size-limit itself failed: SizeLimitError: Size Limit config must \*not be empty\*$/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(sizeLimit, fixture(`size-limit/${name}.json`))).toMatch(problem);
  });

  it("refuses a pass above its limit", () => {
    expect(problemOf(sizeLimit, altered("size-limit/over.json", ["false", "true"]))).toBe(
      "it contradicts itself: / has 92 of 10 bytes and is said to have passed",
    );
  });
});

describe("esbuild", () => {
  it("adds to an entry point what it loads at once: not maps, styles and what it asks for later", () => {
    expect(reading(esbuildMetafile, fixture("esbuild-metafile/good.json"))).toEqual({
      tool: "esbuild",
      ...untold,
      measure: {
        kind: "bundle",
        routes: [
          { route: "src/home.ts", bytes: 124 + 79, compressed: false },
          { route: "src/orders.ts", bytes: 103 + 79, compressed: false },
        ],
      },
    });
  });

  it("shows that a route is missing", () => {
    expect(routesOf(esbuildMetafile, "esbuild-metafile/route-missing.json")).toHaveLength(1);
  });

  it("refuses a build of styles alone", () => {
    expect(problemOf(esbuildMetafile, fixture("esbuild-metafile/styles-alone.json"))).toMatch(
      /^no route was measured/,
    );
  });

  it("refuses a file that is loaded and not there", () => {
    const file = altered("esbuild-metafile/good.json", ['"out/chunk-CHFELDIA.js":', '"out/other.js":']);
    expect(problemOf(esbuildMetafile, file)).toBe(
      "it contradicts itself: src/home.ts loads out/chunk-CHFELDIA.js, which is not there",
    );
  });
});
