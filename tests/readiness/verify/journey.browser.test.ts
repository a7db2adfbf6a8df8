/** With a real browser: what only one can see. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { faultOf } from "../../../model/evidence/limits.ts";
import type { Scope } from "../../../model/evidence/scope.ts";
import { defaultServiceLevels } from "../../../model/service-levels/targets.ts";
import { verifyVitals } from "../../../readiness/proofs/evidence/formats/watch/verify-vitals.ts";
import {
  accountEnvironment,
  type Fault,
  type Faults,
  goodHeaders,
  html,
  loginForm,
  page,
  staging,
} from "./healthy.ts";

beforeEach(() => {
  for (const [name, value] of Object.entries(accountEnvironment)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const shows =
  (body: string, headers: object = {}): Fault =>
  (_, response) =>
    html(response, 200, (nonce) => page("Portal", nonce, body), headers);

async function seen(faults: Faults) {
  return staging(faults, { browser: true });
}

it("a healthy site is verified with its test account", async () => {
  const { status, faults, report } = await seen({});
  expect(faults).toEqual([]);
  expect(status).toBe(0);
  const visited = report.checks
    .filter(({ check }) => check === "shown in a browser")
    .map(({ subject }) => subject);
  expect(visited.sort()).toEqual(["/", "/admin", "/login", "/portal"]);
  expect(JSON.stringify(report)).not.toContain(accountEnvironment.VERIFY_PASSWORD);
  const evidence = verifyVitals.read({ path: "verify.json", bytes: Buffer.from(JSON.stringify(report)) });
  if ("problem" in evidence) throw new Error(evidence.problem);
  const scope = { levels: defaultServiceLevels, pages: ["/", "/login", "/portal", "/admin"], host: null };
  expect(faultOf("performance", [evidence.measure], scope as unknown as Scope)).toBeUndefined();
});

it("a report without a browser measures no page", async () => {
  const { report } = await staging({});
  const evidence = verifyVitals.read({ path: "verify.json", bytes: Buffer.from(JSON.stringify(report)) });
  expect(evidence).toHaveProperty("problem", expect.stringMatching(/no browser measured a page/));
});

it.each<[what: string, faults: Faults, said: RegExp]>([
  [
    "a form without labels",
    {
      "/login": (request, response, next) =>
        request.method === "POST"
          ? next()
          : html(response, 200, (nonce) =>
              page(
                "Log in",
                nonce,
                loginForm
                  .replace(/<\/?label>/g, "")
                  .replace("E-mail", "")
                  .replace("Password", ""),
              ),
            ),
    },
    /^fail: accessibility \/login: breaks WCAG 2.1 AA: label \(2\)/,
  ],
  [
    "a login that takes nobody",
    {
      "/login": (request, response, next) =>
        request.method === "POST" ? response.writeHead(303, { location: "/login?error" }).end() : next(),
    },
    /^fail: login \/login: does not take the test account/,
  ],
  [
    "a login without a form",
    { "/login": (_, response) => html(response, 200, (nonce) => page("Log in", nonce, "<p>Soon.</p>")) },
    /^fail: login \/login: has no form/,
  ],
  [
    "a session that does not last",
    { "/admin": (_, response) => response.writeHead(307, { location: "/login" }).end() },
    /^fail: shown in a browser \/admin: leads to the login, though/,
  ],
  [
    "a page that its policy leaves blank",
    {
      "/": (_, response) =>
        html(
          response,
          200,
          () =>
            '<!doctype html><html lang="en"><head><title>Portal</title></head><body><div id="root"></div><script src="/_next/static/chunks/main-0a1b2c3d4e5f.js"></script></body></html>',
          { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" },
        ),
    },
    /^fail: shown in a browser \/: is blank: its Content-Security-Policy/,
  ],
  [
    "something that a policy blocks",
    { "/": shows('<img src="https://elsewhere.example/a.png" alt="">') },
    /^fail: blocked by its policy \/: img-src https:\/\/elsewhere.example/,
  ],
  [
    "an error of a script",
    {
      "/_next/static/chunks/main-0a1b2c3d4e5f.js": (_, response) =>
        response
          .writeHead(200, {
            ...goodHeaders,
            "content-type": "text/javascript",
            "cache-control": "max-age=31536000",
          })
          .end("throw new Error('broken \\u001b[31m correct horse')"),
    },
    /^fail: console \/: an error: broken/,
  ],
  [
    "a page that moves",
    {
      "/": (_, response) =>
        html(response, 200, (nonce) =>
          page(
            "Portal",
            nonce,
            `${"<p>All orders in one place.</p>".repeat(20)}<script nonce="${nonce}">new PerformanceObserver(() => requestAnimationFrame(() => document.querySelector("h1").style.marginTop = "400px")).observe({ type: "paint", buffered: true })</script>`,
          ),
        ),
    },
    /^fail: Web Vitals \/: .*CLS 0\.[1-9]\d+.*the middle of 3 visits/,
  ],
])("names %s", async (_, faults, said) => {
  const found = await seen(faults);
  expect(found.faults.filter((one) => said.test(one))).toHaveLength(1);
  expect(JSON.stringify(found.report)).not.toContain(accountEnvironment.VERIFY_PASSWORD);
  expect(found.status).toBe(1);
});

it("without an account what is behind the login is unknown", async () => {
  for (const name of Object.keys(accountEnvironment)) vi.stubEnv(name, undefined);
  const { status, faults } = await seen({});
  expect(faults.map((one) => one.replace(/:.*? /, ": "))).toHaveLength(3);
  expect(faults.join("\n")).toMatch(
    /unknown: login \/login: no test account.*\n(.*\n)?.*unknown: shown in a browser \/(portal|admin): leads to the login/,
  );
  expect(status).toBe(3);
});

it("a machine without a browser knows nothing of what only one sees", async () => {
  vi.stubEnv("PATH", "");
  const { status, faults } = await seen({});
  expect(faults).toEqual([expect.stringMatching(/^unknown: shown in a browser .*: there is no Chromium/)]);
  expect(status).toBe(3);
});
