import type packet from "dns-packet";
import { expect, it } from "vitest";
import type { Check } from "../../../readiness/verify/check.ts";
import { serve, verified } from "./healthy.ts";
import { nameServer, type Zone } from "./name-server.ts";

const host = "portal.example.com";
const a = (data: string): packet.Answer => ({ type: "A", name: host, ttl: 60, data });
const aaaa = (data: string): packet.Answer => ({ type: "AAAA", name: host, ttl: 60, data });
const caa: packet.Answer = {
  type: "CAA",
  name: "example.com",
  ttl: 60,
  data: { tag: "issue", value: "amazon.com", flags: 0, issuerCritical: false },
} as packet.Answer;
const soa: packet.Answer = {
  type: "SOA",
  name: "example.com",
  ttl: 60,
  data: { mname: "ns.example.com", rname: "x.example.com" },
} as packet.Answer;
const ds: packet.Answer = {
  type: "DS",
  name: "example.com",
  ttl: 60,
  data: { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) },
} as packet.Answer;

/** Of a site that is well, by the type of record. */
function zone(given: Readonly<Record<string, ReturnType<Zone>>> = {}): Zone {
  const well: Readonly<Record<string, ReturnType<Zone>>> = {
    A: { records: [a("127.0.0.1")], validated: true },
    AAAA: {},
    SOA: { records: [soa] },
    DS: { records: [ds] },
    ...given,
  };
  return (type, name) => {
    if (type === "CAA" && !("CAA" in given)) return name === "example.com" ? { records: [caa] } : {};
    return type in well ? well[type] : {};
  };
}

async function ask(answers: Zone): Promise<readonly Check[]> {
  const names = await nameServer(answers);
  const site = await serve();
  try {
    const world = { address: { address: "127.0.0.1", family: 4 as const }, nameServers: [names.address] };
    const { report } = await verified({ url: `http://${host}:${site.port}/`, stack: "staging" }, world);
    return report.checks.filter(({ check }) => ["name", "certificate authorities", "DNSSEC"].includes(check));
  } finally {
    site.close();
    names.close();
  }
}

it("a name that is well", async () => {
  expect((await ask(zone())).map(({ outcome, said }) => `${outcome}: ${said}`)).toEqual([
    "pass: answers",
    "not asked: no AAAA record",
    "pass: CAA: amazon.com",
    "pass: the resolver has validated the answer (AD)",
  ]);
});

it.each<[what: string, zone: Zone, said: RegExp]>([
  ["a name that is not there", () => ({ code: "NXDOMAIN" }), /^fail: name portal.example.com A: .*NXDOMAIN/],
  ["name servers that fail", () => ({ code: "SERVFAIL" }), /^fail: .*SERVFAIL/],
  ["name servers that refuse", () => ({ code: "REFUSED" }), /^fail: .*REFUSED/],
  ["name servers that stay silent", () => undefined, /^unknown: .*no name server answers/],
  ["a name without an address", () => ({}), /^fail: .*NODATA/],
  [
    "an address where nobody is",
    zone({ A: { records: [a("127.0.0.1"), a("127.0.0.99")], validated: true } }),
    /^fail: name .* A 127.0.0.99: does not answer/,
  ],
  [
    "a broken AAAA beside an A that works",
    zone({ AAAA: { records: [aaaa("::1")] } }),
    /^fail: name .* AAAA ::1: does not answer/,
  ],
  [
    "certificates that everybody may issue",
    zone({ CAA: {} }),
    /^fail: certificate authorities .*no CAA record/,
  ],
  [
    "a zone that is not signed",
    zone({ A: { records: [a("127.0.0.1")] }, DS: {} }),
    /^fail: DNSSEC .*not signed/,
  ],
  [
    "a resolver that does not validate",
    zone({ A: { records: [a("127.0.0.1")] } }),
    /^unknown: DNSSEC .*has not validated/,
  ],
])("names %s", async (_, answers, said) => {
  const checks = await ask(answers);
  const lines = checks.map(({ check, subject, outcome, said }) => `${outcome}: ${check} ${subject}: ${said}`);
  expect(lines.filter((line) => said.test(line))).not.toEqual([]);
});
