import { describe, expect, it } from "vitest";
import { framing, isBroad, weaknesses } from "../../../policies/effects/csp.ts";

const forms = "form-action 'self'";

describe("a policy that limits", () => {
  it.each([
    `default-src 'self'; ${forms}`,
    // OWASP, Content Security Policy cheat sheet, "Basic CSP policy".
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'; frame-ancestors 'self'; form-action 'self';",
    `default-src 'self'; script-src 'self' https://cdn.example.com 'wasm-unsafe-eval'; ${forms}`,
    `default-src 'self'; img-src https: data:; style-src 'self' 'unsafe-inline'; worker-src blob:; ${forms}`,
    `default-src 'self'; script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; base-uri 'self'; ${forms}`,
  ])("%s", (policy) => {
    expect(weaknesses(policy)).toEqual([]);
  });
});

describe("a policy that does not", () => {
  it.each([
    "",
    "img-src 'self'",
    "default-src 'self'",
    `default-src 'self' https://*; ${forms}`,
    `default-src https:; ${forms}`,
    `default-src *; script-src 'self'; ${forms}`,
    `default-src 'self'; script-src 'self' 'unsafe-inline'; ${forms}`,
    `default-src 'self'; script-src 'self' 'unsafe-eval'; ${forms}`,
    `default-src 'self'; script-src 'self' data:; ${forms}`,
    `default-src 'self'; script-src 'self' blob:; ${forms}`,
    `default-src 'self'; script-src 'self' https://*.com; ${forms}`,
    `default-src 'self'; script-src-elem *; ${forms}`,
    `default-src 'self'; script-src 'nonce-abcdefghijkl'; base-uri 'none'; ${forms}`,
    // Hosts of answers that call whatever they are told to.
    `default-src 'self'; script-src https://ajax.googleapis.com; ${forms}`,
    `default-src 'self'; connect-src *; ${forms}`,
    `default-src 'self'; base-uri *; ${forms}`,
    `default-src 'self'; object-src *; ${forms}`,
    "default-src 'self'; form-action https:",
    `default-src 'self', script-src *; ${forms}`,
  ])("%s", (policy) => {
    expect(weaknesses(policy)).not.toEqual([]);
  });
});

it.each([
  ["frame-ancestors 'none'", "some"],
  ["frame-ancestors https://a.example.com", "some"],
  ["frame-ancestors *", "anybody"],
  ["frame-ancestors https://*", "anybody"],
  ["default-src *", undefined],
])("by %s, the page is framed by %s", (policy, expected) => {
  expect(framing(policy)).toBe(expected);
});

it.each([
  ["*", true],
  ["https:", true],
  ["https://*", true],
  ["https://*:443", true],
  ["*.com", true],
  ["*.example.com", false],
  ["https://example.com", false],
  ["'self'", false],
])("%s is as good as any: %s", (source, expected) => {
  expect(isBroad(source)).toBe(expected);
});
