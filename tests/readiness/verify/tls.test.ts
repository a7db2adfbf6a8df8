import { createServer } from "node:http";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Settings } from "../../../readiness/verify/site.ts";
import { Authority, type Certificate } from "../evidence/probe/authority.ts";
import { type Faults, serve, verified } from "./healthy.ts";

const host = "portal.example.com";
let authority: Authority;
let good: Certificate;

beforeAll(() => {
  authority = new Authority();
  good = authority.issue([host]);
});
afterAll(() => authority.remove());

/** Strict-Transport-Security, which the edge adds, and a Date as it is. */
const edge: Faults = {
  "*": (_, response, next) => {
    response.setHeader("strict-transport-security", "max-age=63072000; includeSubDomains; preload");
    next();
  },
};

async function over(
  tls: ServerOptions,
  {
    faults = edge,
    plain = "redirects",
    world = {},
  }: { faults?: Faults; plain?: "redirects" | "answers" | "loses the host"; world?: Partial<Settings> } = {},
) {
  const site = await serve(faults, tls);
  const port80 = createServer(({ url, headers }, response) => {
    const name = plain === "loses the host" ? "other.example.com" : headers.host;
    if (plain === "answers") response.end("hello");
    else response.writeHead(301, { location: `https://${name}:${site.port}${url}` }).end();
  });
  await new Promise<void>((done) => port80.listen(0, "127.0.0.1", done));
  const settings: Partial<Settings> = {
    address: { address: "127.0.0.1", family: 4 },
    httpPort: (port80.address() as AddressInfo).port,
    ca: authority.root,
    nameServers: ["127.0.0.1:1"],
    ...world,
  };
  try {
    const { faults: found } = await verified(
      { url: `https://${host}:${site.port}/`, stack: "staging" },
      settings,
    );
    // Nobody answers for the name here, and no edge caches.
    return found.filter((one) => !/: (name|DNSSEC|certificate authorities|cache hits) /.test(one));
  } finally {
    site.close();
    port80.close();
  }
}

it("a site that is well is verified", async () => {
  expect(await over(good)).toEqual([]);
});

it.each<[what: string, certificate: () => Certificate, said: RegExp]>([
  ["expired", () => authority.issue([host], { from: -90, days: -1 }), /^fail: certificate .*expired on/],
  [
    "not valid yet",
    () => authority.issue([host], { from: 2, days: 90 }),
    /^fail: certificate .*not valid before .*; this machine's clock is -?\d s from the site's/,
  ],
  ["of another name", () => authority.issue(["other.example.com"]), /^fail: certificate .*of another name/],
  ["signed by itself", () => authority.selfSigned(host), /^fail: certificate .*it has signed itself/],
  [
    "sent without its intermediate",
    () => authority.issue([host], { chain: false }),
    /^fail: certificate .*between it and its root is not sent/,
  ],
  [
    "about to expire",
    () => authority.issue([host], { days: 10 }),
    /^fail: certificate .*in 9 days, must be 14 or more/,
  ],
])("names a certificate that is %s", async (_, certificate, said) => {
  expect((await over(certificate())).filter((one) => said.test(one))).toHaveLength(1);
});

it("a certificate of a root that nobody knows is named", async () => {
  const other = new Authority();
  const found = await over(good, { world: { ca: other.root } });
  other.remove();
  expect(found.join("\n")).toMatch(/fail: certificate .*its root is none that is known|not sent/);
});

it("a clock that is wrong judges no certificate", async () => {
  const world = { clock: () => new Date(Date.now() + 200 * 86_400_000) };
  const found = await over(good, { world });
  expect(found.join("\n")).toMatch(
    /unknown: certificate .*this machine's clock is -?\d+ s from the site's: set it/,
  );
});

it("TLS 1.0 and 1.1 are really tried, and named where they are accepted", async () => {
  const old = { ...good, minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
  expect((await over(old)).join("\n")).toMatch(/fail: TLS versions .*TLSv1 and TLSv1.1 accepted/);
  const older = await over({ ...old, maxVersion: "TLSv1" });
  expect(older.join("\n")).toMatch(/fail: TLS versions .*TLSv1 accepted/);
});

it("a site without HSTS is named", async () => {
  const found = await over(good, { faults: {} });
  expect(found.join("\n")).toMatch(/fail: HSTS \/: no Strict-Transport-Security/);
});

it("plain HTTP that answers, or leads to another host, is named", async () => {
  expect((await over(good, { plain: "answers" })).join("\n")).toMatch(
    /fail: redirect to HTTPS \/: over plain HTTP it/,
  );
  expect((await over(good, { plain: "loses the host" })).join("\n")).toMatch(
    /fail: redirect to HTTPS \/: .*other.example.com/,
  );
});

it("plain HTTP anywhere but on this machine is named", async () => {
  const site = await serve();
  const world = { address: { address: "127.0.0.1", family: 4 as const }, nameServers: ["127.0.0.1:1"] };
  const { faults } = await verified({ url: `http://${host}:${site.port}/` }, world);
  site.close();
  expect(faults.join("\n")).toMatch(/fail: certificate .*plain HTTP: whoever is on the way/);
});
