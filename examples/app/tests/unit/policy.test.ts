import { NextRequest } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { config, proxy } from "../../proxy.ts";

const policyOf = () =>
  proxy(new NextRequest("http://localhost:3000/")).headers.get("content-security-policy") ?? "";
afterEach(() => vi.unstubAllEnvs());

describe("a page's policy", () => {
  it("lets scripts run by a nonce of this request alone", () => {
    const nonces = [policyOf(), policyOf()].map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(nonces[0]).toMatch(/^[\w+/]{48}$/);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(policyOf()).not.toContain("unsafe");
  });

  it("lets pages report to the site of Datadog's that the stack names", () => {
    expect(policyOf()).toContain("connect-src 'self';");
    vi.stubEnv("DATADOG_SITE", "us5.datadoghq.com");
    vi.stubEnv("DATADOG_RUM_CLIENT_TOKEN", "token");
    expect(policyOf()).toContain("connect-src 'self' https://browser-intake-us5-datadoghq.com;");
  });

  it("asks for TLS where the site has it", () => {
    expect(policyOf()).not.toContain("upgrade-insecure-requests");
    vi.stubEnv("APP_URL", "https://portal.example.com");
    expect(policyOf()).toContain("upgrade-insecure-requests");
  });

  it.each([
    ["/", true],
    ["/portal", true],
    ["/apidocs", true],
    ["/api/orders", false],
    ["/_next/static/x.js", false],
  ])("for %s is made: %s", (path, made) => {
    expect(new RegExp(`^${config.matcher}$`).test(path)).toBe(made);
  });
});
