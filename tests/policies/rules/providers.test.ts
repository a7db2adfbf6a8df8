import { describe, expect, it } from "vitest";
import { providerRules } from "../../../policies/rules/providers.ts";
import { judge } from "../support/outcome.ts";
import { declared, unknown } from "../support/stack.ts";

const provider = (vendor: string, props: Readonly<Record<string, unknown>> = {}, name = vendor) =>
  declared(`pulumi:providers:${vendor}`, props, { name });
const outcome = (id: string, ...resources: Parameters<typeof judge>[2]) =>
  judge(providerRules, id, resources).outcome;

describe("credentials", () => {
  const rule = "provider-credentials-given";

  it.each([
    ["pagerduty", "token"],
    ["pagerduty", "userToken"],
    ["datadog", "apiKey"],
    ["datadog", "bearerToken"],
    ["vercel", "apiToken"],
  ])("of %s may come from wherever secrets come, and are not empty: %s", (vendor, key) => {
    expect(outcome(rule, provider(vendor, { [key]: "" }))).toBe("fail");
    expect(outcome(rule, provider(vendor, { [key]: "secret" }))).toBe("pass");
    expect(outcome(rule, provider(vendor, { [key]: unknown }))).toBe("pass");
    expect(outcome(rule, provider(vendor, { version: "1.0.0" }))).toBe("pass");
  });
});

describe("a provider", () => {
  const rule = "providers-ask-their-vendors";

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["pagerduty", {}],
    ["pagerduty", { serviceRegion: "eu", skipCredentialsValidation: "false" }],
    ["pagerduty", { apiUrlOverride: "https://api.eu.pagerduty.com" }],
    ["datadog", { apiUrl: "https://api.ap1.datadoghq.com" }],
    ["datadog", { apiUrl: "https://api.datadoghq.eu/", validate: "true" }],
    ["datadog", { apiUrl: "https://api.us5.datadoghq.com", httpClientRetryMaxRetries: "5" }],
    ["datadog", { apiUrl: "https://api.ddog-gov.com/" }],
    ["vercel", { team: "my-team" }],
  ])("of %s may say %j", (vendor, props) => {
    expect(outcome(rule, provider(vendor, props))).toBe("pass");
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["pagerduty", { serviceRegion: "moon" }],
    ["pagerduty", { skipCredentialsValidation: "true" }],
    ["pagerduty", { apiUrlOverride: "http://api.pagerduty.com" }],
    ["datadog", { apiUrl: "https://api.datadoghq.com.example.net/" }],
    ["datadog", { apiUrl: "https://example.net/api.datadoghq.com/" }],
    ["datadog", { validate: "false" }],
    ["datadog", { httpClientRetryMaxRetries: "0" }],
    ["vercel", {}],
    ["vercel", { team: "" }],
  ])("of %s may not say %j", (vendor, props) => {
    expect(outcome(rule, provider(vendor, props))).toBe("fail");
  });

  it("is undecided while its address is not known", () => {
    expect(outcome(rule, provider("datadog", { apiUrl: unknown }))).toBe("unknown");
  });
});

describe("a provider's version", () => {
  const rule = "providers-in-support";

  it.each([
    ["aws", "7.0.0", "pass"],
    ["aws", "v8.1.0", "pass"],
    ["aws", "6.83.0", "fail"],
    ["datadog", "5.9.0", "pass"],
    ["datadog", "5.8.2", "fail"],
    ["mailgun", "0.1.0", "pass"],
    ["vercel", unknown, "unknown"],
  ])("of %s may be %s: %s", (vendor, version, expected) => {
    expect(outcome(rule, provider(vendor, { version }))).toBe(expected);
  });

  it("is asked of some provider", () => {
    expect(outcome(rule)).toBe("fail");
  });
});

describe("Vercel's resources", () => {
  const vercel = provider("vercel", { team: "team_Own" });
  const project = (name: string, props: object, own = vercel) =>
    declared("vercel:index/project:Project", { ...props }, { name, provider: own.urn });

  it.each([
    [{ teamId: "team_Own" }, {}, "pass"],
    [{ teamId: "team_Own" }, { teamId: "team_Other" }, "fail"],
    [{ teamId: "team_Other" }, { teamId: "team_Other" }, "fail"],
    [{ teamId: "own-slug" }, {}, "pass"],
    [{ teamId: "own-slug" }, { teamId: "other-slug" }, "fail"],
  ])("of %j and %j are in one team: %s", (one, other, expected) => {
    expect(outcome("vercel-in-one-team", vercel, project("a", one), project("b", other))).toBe(expected);
  });

  it("are none of another team's by a provider of their own", () => {
    const foreign = provider("vercel", { team: "team_Other" }, "foreign");
    expect(outcome("vercel-in-one-team", vercel, foreign, project("a", {}), project("b", {}, foreign))).toBe(
      "fail",
    );
  });
});

describe("AWS's providers", () => {
  const rule = "aws-in-one-account";
  const of = (name: string, allowedAccountIds?: unknown) => provider("aws", { allowedAccountIds }, name);

  it.each([
    [
      "one account, as a program tells it",
      [of("a", '["111122223333"]'), of("b", '["111122223333"]')],
      "pass",
    ],
    ["one account, as a state has it", [of("a", ["111122223333"])], "pass"],
    ["any account", [of("a", '["111122223333"]'), of("b")], "fail"],
    ["no account that is named", [of("a", "[]")], "fail"],
    ["two accounts", [of("a", '["111122223333"]'), of("b", '["444455556666"]')], "fail"],
    ["one of two accounts", [of("a", '["111122223333","444455556666"]')], "fail"],
    ["an account that is not known yet", [of("a", unknown)], "unknown"],
  ])("deploy to %s", (_, providers, expected) => {
    expect(outcome(rule, ...providers)).toBe(expected);
  });

  it("are asked for by what has none of the program's own", () => {
    const topic = declared("aws:sns/topic:Topic", {}, { name: "topic" });
    expect(outcome(rule, topic)).toBe("fail");
    expect(outcome(rule, topic, of("a", '["111122223333"]'))).toBe("pass");
  });
});
