import { constants } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TransportMeasure } from "../../../../model/evidence/measure.ts";
import { siteTransport } from "../../../../readiness/proofs/evidence/formats/site-probe.ts";
import { Authority, type Certificate } from "./authority.ts";
import { answer, faults, goodHeaders, host, lookAt, measure, type Site } from "./site.ts";

let authority: Authority;
let certificate: Certificate;

beforeAll(() => {
  authority = new Authority();
  certificate = authority.issue([host]);
});
afterAll(() => authority.remove());

async function look(site: Partial<Site> = {}, ca = authority.root) {
  return lookAt({ certificate, ...site }, { ca });
}

describe("a site that is as it should be", () => {
  it("holds, with an A+", async () => {
    const record = await look();
    expect(faults(record)).toEqual({ transport: undefined, headers: undefined });
    const seen = measure(record, siteTransport) as TransportMeasure;
    expect(seen.certificates).toEqual([
      expect.objectContaining({ daysLeft: 89, ofHost: true, distrust: null }),
    ]);
    expect(seen.versions.map(({ accepted }) => accepted)).toEqual([false, false, true, true]);
    expect(record.handshakes[0]?.failure).toMatch(/ALERT_PROTOCOL_VERSION/);
    expect(record.handshakes[3]?.certificates).toHaveLength(3);
  });

  it("may leave plain HTTP closed", async () => {
    const record = await look({ plain: null });
    expect(record.pages[0]?.plain.failure).toEqual({ phase: "connect", code: "ECONNREFUSED" });
    expect(faults(record)).toEqual({ transport: undefined, headers: undefined });
  });

  it("may send its visitors to the login", async () => {
    const record = await look({
      secure: (request, response) =>
        request.url === "/"
          ? response.writeHead(307, { location: "/login" }).end()
          : answer()(request, response),
    });
    expect(faults(record)).toEqual({ transport: undefined, headers: undefined });
  });
});

describe("a certificate", () => {
  const cases: readonly [name: string, () => Certificate, RegExp][] = [
    [
      "that has ended",
      () => authority.issue([host], { from: -90, days: -1 }),
      /^the certificate is valid from .* to /,
    ],
    [
      "that soon ends",
      () => authority.issue([host], { days: 13.9 }),
      /^the certificate is valid from .* to /,
    ],
    [
      "that is not valid yet",
      () => authority.issue([host], { from: 1 }),
      /^the certificate is valid from .* to /,
    ],
    [
      "of another name",
      () => authority.issue(["portal.example.org"]),
      /^the certificate is not of portal\.example\.com$/,
    ],
    ["of a name that goes on", () => authority.issue([`${host}.example.org`]), /^the certificate is not of/],
    ["that is self-signed", () => authority.selfSigned(host), /not trusted: DEPTH_ZERO_SELF_SIGNED_CERT$/],
    [
      "without its intermediate",
      () => authority.issue([host], { chain: false }),
      /not trusted: UNABLE_TO_VERIFY_LEAF_SIGNATURE$/,
    ],
  ];
  it.each(cases)("%s is no proof", async (_, make, observed) => {
    const { transport, headers } = faults(await look({ certificate: make() }));
    expect(transport?.observed).toMatch(observed);
    if (transport?.observed.includes("not trusted")) expect(headers?.observed).toMatch(/is not trusted/);
  });

  it("of a wildcard, or for just 14 days, will do", async () => {
    const wild = authority.issue(["*.example.com"], { days: 14.01 });
    expect(faults(await look({ certificate: wild })).transport).toBeUndefined();
  });

  it("of a root that nobody knows is not trusted", async () => {
    const other = new Authority();
    try {
      expect(faults(await look({}, other.root)).transport?.observed).toMatch(/not trusted: [A-Z_]+$/);
    } finally {
      other.remove();
    }
  });
});

describe("TLS", () => {
  it.each([
    ["TLSv1", "TLSv1"],
    ["TLSv1.1", "TLSv1.1"],
  ] as const)("%s must not be accepted", async (minVersion, old) => {
    const tls = { minVersion, ciphers: "DEFAULT@SECLEVEL=0" } as const;
    expect(faults(await look({ tls })).transport).toEqual({
      observed: `${old} is accepted`,
      wanted: "refused",
    });
  });

  it("of one new version alone will do", async () => {
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      const tls = { minVersion: version, maxVersion: version };
      expect(faults(await look({ tls })).transport).toBeUndefined();
    }
  });

  it("of old versions alone is no way to ask a page", async () => {
    const tls = {
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
      secureOptions: constants.SSL_OP_NO_TLSv1,
    } as const;
    const { transport, headers } = faults(await look({ tls }));
    expect(transport?.observed).toBe("TLSv1.1 is accepted");
    expect(headers?.observed).toMatch(/does not answer \(EPROTO: .*protocol/);
  });
});

describe("redirects", () => {
  const redirect =
    (location: string, status = 301): Site["secure"] =>
    (_, response) => {
      response.writeHead(status, { location }).end();
    };
  const plain: readonly [name: string, Site["plain"], RegExp][] = [
    ["answers", answer(), /^https:.* over plain HTTP answers 200$/],
    ["forbids", (_, response) => response.writeHead(403).end(), /answers 403$/],
    ["leads to plain HTTP", redirect(`http://${host}/elsewhere`), /redirects to http:.*elsewhere$/],
    [
      "leads to another host",
      redirect("https://www.example.com/"),
      /redirects to https:..www\.example\.com\/$/,
    ],
    [
      "leads to an address of its own network",
      redirect("https://169.254.169.254/latest"),
      /redirects to https:..169/,
    ],
    ["leads nowhere", redirect("https://"), /answers 301 with no Location that is an address$/],
    ["leads to a file", redirect("file:///etc/passwd"), /redirects to file:/],
  ];
  it.each(plain)("of plain HTTP that %s are no redirects to HTTPS", async (_, listener, observed) => {
    const { transport } = faults(await look({ plain: listener }));
    expect(transport?.observed).toMatch(observed);
    expect(transport?.wanted).toBe("a redirect to HTTPS on the same host, or a closed port");
  });

  const secure: readonly [name: string, Site["secure"], RegExp][] = [
    ["in a loop", redirect("/"), /redirects more than 5 times$/],
    [
      "to another host",
      redirect("https://www.example.com/"),
      /redirects to https:\/\/www.example.com\/, which is not of portal/,
    ],
    ["to another port", redirect(`https://${host}:8443/`), /redirects to .*:8443\/, which is not of portal/],
    ["to somebody's name", redirect(`https://me@${host}/`), /which is not of portal/],
    ["to plain HTTP", redirect(`http://${host}/`), /redirects to http:/],
    [
      "to a private address",
      redirect("http://10.0.0.1/"),
      /redirects to http:\/\/10\.0\.0\.1\/, which is not of portal/,
    ],
    ["without a Location", (_, response) => response.writeHead(302).end(), /answers 302 with no Location/],
  ];
  it.each(secure)("of HTTPS %s are no page", async (_, listener, observed) => {
    const { transport, headers } = faults(await look({ secure: listener ?? answer() }));
    expect(transport?.observed).toMatch(observed);
    expect(headers?.observed).toMatch(observed);
  });

  it("are followed five times", async () => {
    const record = await look({
      plain: null,
      secure: (request, response) => {
        const [, step = 0] = /step=(\d)/.exec(request.url ?? "") ?? [];
        if (Number(step) === 5) answer()(request, response);
        else response.writeHead(302, { location: `?step=${Number(step) + 1}` }).end();
      },
    });
    expect(record.pages[0]?.secure.exchanges).toHaveLength(6);
    expect(faults(record)).toEqual({ transport: undefined, headers: undefined });
  });
});

describe("the clock", () => {
  it.each([
    [
      "far ahead of ours",
      new Date(Date.now() + 3_600_000).toUTCString(),
      /^the clock .* is -3\d{3} seconds from/,
    ],
    [
      "far behind ours",
      new Date(Date.now() - 3_600_000).toUTCString(),
      /^the clock .* is 3\d{3} seconds from/,
    ],
    ["that is none", "tomorrow", /^no answer of the site tells the time$/],
  ])("%s leaves the certificate's days open", async (_, date, observed) => {
    const headers = { ...goodHeaders, date };
    const { transport } = faults(await look({ secure: answer(headers), plain: null }));
    expect(transport?.observed).toMatch(observed);
  });

  it("of an answer from a cache is as old as the answer", async () => {
    const headers = { ...goodHeaders, date: new Date(Date.now() - 3_600_000).toUTCString(), age: "3600" };
    expect(faults(await look({ secure: answer(headers), plain: null })).transport).toBeUndefined();
  });
});
