import { describe, expect, it } from "vitest";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { accessTo, consoleOf, isVendor, type Vendor } from "../../../readiness/vendors/access.ts";
import { fixtures } from "../project.ts";
import { credentials } from "../pulumi/world.ts";

const { spec, config } = loadStack(fixtures, "prod");
const access = (vendor: Vendor, env: NodeJS.ProcessEnv, more = {}) =>
  accessTo(vendor, spec, { ...config, ...more }, env);

it("is where a deployment logs in, with what it logs in with", () => {
  expect(access("datadog", credentials)).toMatchObject({
    url: `https://api.${spec.monitoring.site}/`,
    headers: { "dd-api-key": credentials.DD_API_KEY, "dd-application-key": credentials.DD_APP_KEY },
  });
  expect(access("pagerduty", credentials).headers).toMatchObject({
    authorization: `Token token=${credentials.PAGERDUTY_TOKEN}`,
  });
  expect(access("vercel", credentials)).toMatchObject({ query: { teamId: spec.vercel.teamId } });
});

it("takes a bearer token of Datadog for both keys, and the names that its provider reads too", () => {
  expect(access("datadog", { DD_BEARER_TOKEN: "a" }).headers).toEqual({ authorization: "Bearer a" });
  expect(access("datadog", { DATADOG_API_KEY: "a", DATADOG_APP_KEY: "b" }).headers).toEqual({
    "dd-api-key": "a",
    "dd-application-key": "b",
  });
});

it.each([
  [{}, {}, "https://api.pagerduty.com/"],
  [{ PAGERDUTY_SERVICE_REGION: "eu" }, {}, "https://api.eu.pagerduty.com/"],
  [{}, { "pagerduty:serviceRegion": "eu" }, "https://api.eu.pagerduty.com/"],
])("with %j and %j PagerDuty is at %s", (env, more, url) => {
  expect(access("pagerduty", { ...credentials, ...env }, more).url).toBe(url);
});

describe("what is missing", () => {
  it.each<[Vendor, string]>([
    ["datadog", "DD_API_KEY and DD_APP_KEY are not in the environment"],
    ["pagerduty", "PAGERDUTY_TOKEN is not in the environment"],
    ["vercel", "VERCEL_API_TOKEN is not in the environment"],
  ])("at %s is named", (vendor, message) => {
    expect(() => access(vendor, {})).toThrow(message);
  });

  it("is not sent in the open", () => {
    const open = { ...credentials, PAGERDUTY_API_URL: "http://pagerduty.example.com" };
    expect(() => access("pagerduty", open)).toThrow(/^PAGERDUTY_API_URL must be an address such as https:/);
  });
});

it("knows its vendors, and where people look", () => {
  expect(["datadog", "aws", "toString"].map(isVendor)).toEqual([true, false, false]);
  expect(consoleOf("datadog", spec)).toBe("https://app.datadoghq.eu");
  const us3 = { ...spec, monitoring: { ...spec.monitoring, site: "us3.datadoghq.com" as const } };
  expect(consoleOf("datadog", us3)).toBe("https://us3.datadoghq.com");
});
