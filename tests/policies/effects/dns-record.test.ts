import { expect, it } from "vitest";
import { fullName, isExplained, partial } from "../../../policies/effects/dns-record.ts";

it.each([
  ["www", "example.com", "www.example.com"],
  ["WWW.example.com.", "example.com", "www.example.com"],
  ["", "example.com", "example.com"],
  ["example.com", "example.com", "example.com"],
  ["www.example.org", undefined, "www.example.org"],
])("%s in the zone %s is %s", (name, zone, expected) => {
  expect(fullName(name, zone)).toBe(expected);
});

const record = (type: string, ...records: readonly string[]) => ({
  zoneId: "z",
  name: "n",
  type,
  records: [...records],
});

it.each([
  [record("TXT", "v=spf1 -all"), true],
  [record("TXT", "v=spf1 include:_spf.example.net ~all"), false],
  [record("TXT", "google-site-verification=abc"), true],
  [{ ...record("TXT", "abc"), name: "_acme-challenge.www" }, false],
  [record("MX", "0 ."), true],
  [record("MX", "10 mx.example.net"), false],
  [record("CAA", '0 issue ";"'), true],
  [record("CNAME", "cname.vercel-dns.com"), true],
  [record("CNAME", "0a1b2c.vercel-dns-017.com."), true],
  [record("CNAME", "_a.b.acm-validations.aws."), true],
  [record("CNAME", "vercel-dns.com.example.org"), false],
  [record("CNAME", "cname.vercel-dns.com", "example.org"), false],
  [record("CNAME"), false],
  [record("A", "76.76.21.21"), true],
  [record("A", "76.76.21.21", "192.0.2.1"), false],
  [record("A", "176.76.21.21"), false],
  [record("A"), false],
  [record("AAAA", "2001:db8::1"), false],
])("%j leads where it is explained: %s", (props, expected) => {
  expect(isExplained(props)).toBe(expected);
});

it.each([
  [{}, []],
  [{ multivalueAnswerRoutingPolicy: false, weightedRoutingPolicies: [] }, []],
  [{ multivalueAnswerRoutingPolicy: true }, ["multivalueAnswerRoutingPolicy"]],
  [{ failoverRoutingPolicies: [{ type: "PRIMARY" }] }, ["failoverRoutingPolicies"]],
])("a record with %j answers in part by %j", (more, expected) => {
  expect(partial({ ...record("A"), ...more })).toEqual(expected);
});
