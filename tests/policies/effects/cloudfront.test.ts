import { describe, expect, it } from "vitest";
import {
  type Behaviour,
  behaviourOf,
  distortions,
  filesWithheld,
  forwarded,
  hiddenErrors,
  keeps,
  matchesPath,
} from "../../../policies/effects/cloudfront.ts";

const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const behaviour = (more: object = {}) =>
  ({
    targetOriginId: "portal",
    viewerProtocolPolicy: "https-only",
    allowedMethods: methods,
    cachedMethods: ["GET"],
    cachePolicyId: cachingDisabled,
    originRequestPolicyId: exceptHost,
    ...more,
  }) as Behaviour;

// The examples of the developer guide, "Path pattern".
it.each([
  ["/*.jpg", "/images/a.jpg", true],
  ["images/*.jpg", "/images/a.jpg", true],
  ["/images/*.jpg", "/Images/a.jpg", false],
  ["/a??.jpg", "/ant.jpg", true],
  ["/a??.jpg", "/abcd.jpg", false],
  ["/*.doc*", "/a.docx", true],
  ["/shop", "/shop/", false],
  ["/shop/*", "/shop", false],
  ["*", "/anything", true],
  ["/a.c", "/abc", false],
])("%s matches %s: %s", (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected);
});

it("the first behaviour whose pattern matches answers, or else the default", () => {
  const [first, second] = ["/a/b", "/a/*"].map((pathPattern) => ({ ...behaviour(), pathPattern }));
  const site = {
    defaultCacheBehavior: behaviour(),
    orderedCacheBehaviors: [first, second],
  } as unknown as Parameters<typeof behaviourOf>[0];
  expect(behaviourOf(site, "/a/b")).toBe(first);
  expect(behaviourOf(site, "/a/c")).toBe(second);
  expect(behaviourOf(site, "/b")).toBe(site.defaultCacheBehavior);
});

it.each([
  [{}, { host: false, cloudFront: false }],
  [{ originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3" }, { host: true, cloudFront: false }],
  [{ originRequestPolicyId: "33f36d7e-f396-46d9-90e0-52428a34d9dc" }, { host: true, cloudFront: true }],
  [{ originRequestPolicyId: "other" }, undefined],
  [{ originRequestPolicyId: undefined }, { host: false, cloudFront: false }],
  [
    { originRequestPolicyId: undefined, forwardedValues: { headers: ["Host", "CloudFront-Viewer-Address"] } },
    { host: true, cloudFront: true },
  ],
  [
    { originRequestPolicyId: undefined, forwardedValues: { headers: ["*"] } },
    { host: true, cloudFront: true },
  ],
])("with %j a service is told %j", (more, expected) => {
  expect(forwarded(behaviour(more))).toEqual(expected);
});

describe("answers are kept", () => {
  const legacy = (times: object) => behaviour({ cachePolicyId: undefined, ...times });

  it.each([
    ["by no policy that is off", behaviour(), "never"],
    ["by a policy for files", behaviour({ cachePolicyId: cachingOptimized }), "always"],
    ["as told, by a policy", behaviour({ cachePolicyId: "83da9c7e-98b4-4e11-a168-04f0df8e2c65" }), "as told"],
    ["or not, by a policy that is not known", behaviour({ cachePolicyId: "other" }), undefined],
    ["for a day without any setting", legacy({}), "always"],
    ["as told without times", legacy({ minTtl: 0, defaultTtl: 0 }), "as told"],
    ["for a minute at least", legacy({ minTtl: 60, defaultTtl: 60 }), "always"],
    ["for no time", legacy({ minTtl: 0, defaultTtl: 0, maxTtl: 0 }), "never"],
  ])("%s", (_, subject, expected) => {
    expect(keeps(subject)).toBe(expected);
  });
});

describe("between a customer and a service stands", () => {
  it.each([
    ["nothing", behaviour(), []],
    [
      "a cache",
      behaviour({ cachePolicyId: cachingOptimized }),
      ["answers here are kept for other customers"],
    ],
    ["what refuses to write", behaviour({ allowedMethods: methods.slice(0, 6) }), ["DELETE is refused here"]],
    [
      "what drops cookies",
      behaviour({ originRequestPolicyId: undefined }),
      ["cookies and queries do not reach the service here"],
    ],
    [
      "what forwards all in the old way",
      behaviour({
        originRequestPolicyId: undefined,
        forwardedValues: { queryString: true, cookies: { forward: "all" } },
      }),
      [],
    ],
    [
      "what is not understood",
      behaviour({ originRequestPolicyId: "other", cachePolicyId: "other" }),
      [expect.stringContaining("cache policy"), expect.stringContaining("not understood")],
    ],
  ])("%s", (_, subject, expected) => {
    const told = distortions(subject, "here").map((f) => ("doubt" in f ? f.doubt : f.observed));
    expect(told).toEqual(expected);
  });
});

describe("errors", () => {
  const codes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
  const told = (change: object = {}) => {
    const responses = codes.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 }));
    const customErrorResponses = responses.map((r) => (r.errorCode === 500 ? { ...r, ...change } : r));
    const site = { customErrorResponses } as unknown as Parameters<typeof hiddenErrors>[0];
    return hiddenErrors(site).map(({ observed }) => observed);
  };

  it.each([
    ["as they are", {}, []],
    ["for a second", { errorCachingMinTtl: 1 }, []],
    [
      "for ten seconds, where nothing is said",
      { errorCachingMinTtl: undefined },
      ["an error 500 is shown for 10 seconds"],
    ],
    ["for a minute", { errorCachingMinTtl: 60 }, ["an error 500 is shown for 60 seconds"]],
    ["as a page", { responseCode: 200 }, ["an error 500 is shown as 200"]],
    ["as another error", { responseCode: 503 }, []],
    ["as nothing that there is", { responseCode: 1000 }, ["an error 500 is shown as 1000"]],
  ])("are shown %s", (_, change, expected) => {
    expect(told(change)).toEqual(expected);
  });
});

it.each([
  ["are given out", {}, 0],
  ["cannot be read", { allowedMethods: ["HEAD"] }, 1],
  ["cannot be kept", { cachedMethods: [] }, 1],
  ["are kept for nobody knows how long", { cachePolicyId: undefined }, 1],
  ["are asked for with the customer's headers", { originRequestPolicyId: exceptHost }, 1],
  ["are asked for as S3 takes it", { originRequestPolicyId: "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf" }, 0],
])("files %s", (_, change, expected) => {
  const files = {
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    originRequestPolicyId: undefined,
  };
  expect(filesWithheld(behaviour({ ...files, ...change }), "here")).toHaveLength(expected);
});
