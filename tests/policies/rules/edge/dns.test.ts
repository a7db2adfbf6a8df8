import { describe, expect, it } from "vitest";
import { dnsRules } from "../../../../policies/rules/edge/dns.ts";
import type { Registration } from "../../../../readiness/engine/registration.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { type Links, type Props, site } from "../../support/site.ts";
import { unknown } from "../../support/stack.ts";

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(dnsRules, id, resources, stack).outcome;

const certificate = resource("aws:acm/certificate:Certificate", "certificate");

describe("DNS", () => {
  const own = site();
  const record = (name: string, props: Props, links: Links = {}) =>
    resource("aws:route53/record:Record", name, { name: "www.example.com", ...props }, links);
  const alias = (type: string, props: Props = {}, links: Links = {}) =>
    record(type, { type, ...props }, { aliases: [own], ...links });
  const zone = (props: Props = {}) =>
    resource("aws:route53/zone:Zone", "zone", { name: "example.com", ...props });
  const validation = record("validation", { type: unknown, name: unknown }, { type: [certificate] });

  it.each([
    ["an alias", [alias("A")], "pass"],
    ["an alias beside a record that is not known yet", [validation, alias("A")], "pass"],
    ["an alias of the other kind", [alias("AAAA")], "fail"],
    ["an alias of another name", [alias("A", { name: "example.org" })], "fail"],
    ["a record to elsewhere", [record("A", { type: "A" })], "fail"],
    [
      "an alias of a name that its zone completes",
      [zone(), alias("A", { name: "www" }, { zoneId: [zone()] })],
      "pass",
    ],
    ["an alias for some", [alias("A", { weightedRoutingPolicies: [{ weight: 1 }] })], "fail"],
    ["an alias whose name is not known yet", [alias("A", { name: unknown })], "unknown"],
  ])("leads by %s", (_, records, expected) => {
    expect(outcome("edge-dns-ipv4", [own, certificate, ...records])).toBe(expected);
  });

  const caa = (...records: readonly string[]) => record("caa", { type: "CAA", records });
  it.each([
    ["those in use", [caa('0 issue "amazon.com"', '0 issue "letsencrypt.org; accounturi=x"')], "pass"],
    ["one of them, and no wildcards", [caa('0 issue "amazon.com"', '0 issuewild ";"')], "pass"],
    ["others than Amazon", [caa('0 issue "letsencrypt.org"')], "fail"],
    ["nobody", [caa('0 issue ";"')], "fail"],
    ["another, wildcards", [caa('0 issue "amazon.com"', '0 issuewild "ca.example.net"')], "fail"],
    [
      "those that the name above lets",
      [record("caa", { name: "example.com", type: "CAA", records: ['0 issue "amazon.com"'] })],
      "pass",
    ],
    [
      "another, below",
      [
        caa('0 issue "amazon.com"'),
        record("sub", { name: "a.www.example.com", type: "CAA", records: ['0 issue "ca.example.net"'] }),
      ],
      "fail",
    ],
    [
      "others than Vercel's",
      [
        caa('0 issue "amazon.com"'),
        resource("vercel:index/projectDomain:ProjectDomain", "portal", { domain: "portal.www.example.com" }),
      ],
      "fail",
    ],
    ["another", [caa('0 issue "amazon.com"', '0 issue "ca.example.net"')], "fail"],
    ["everybody", [], "fail"],
    ["nobody knows who", [record("caa", { type: "CAA", records: unknown })], "unknown"],
  ])("lets %s issue certificates", (_, records, expected) => {
    expect(outcome("edge-issuers-limited", [own, certificate, validation, ...records])).toBe(expected);
  });

  it.each([
    [
      "to Vercel",
      [record("CNAME", { name: "portal.example.com", type: "CNAME", records: ["cname.vercel-dns.com."] })],
      "pass",
    ],
    [
      "to Vercel, for some",
      [record("CNAME", { type: "CNAME", records: ["cname.vercel-dns.com"], healthCheckId: "h" })],
      "fail",
    ],
    ["mail", [record("MX", { type: "MX", records: ["10 mx.example.net"] })], "unknown"],
    ["no mail", [record("MX", { type: "MX", records: ["0 ."] })], "pass"],
    ["the site elsewhere", [record("A", { type: "A", records: ["192.0.2.1"] })], "fail"],
    [
      "every name elsewhere",
      [record("A", { name: "*.example.com", type: "A", records: ["192.0.2.1"] })],
      "fail",
    ],
    [
      "the zone of the site away",
      [record("NS", { name: "www.example.com", type: "NS", records: ["ns.example.net"] })],
      "fail",
    ],
    [
      "the zone of another name away",
      [record("NS", { name: "a.example.com", type: "NS", records: ["ns.example.net"] })],
      "unknown",
    ],
    [
      "another name elsewhere",
      [record("CNAME", { name: "old.example.com", type: "CNAME", records: ["gone.example.net"] })],
      "unknown",
    ],
    ["what a certificate asks for", [validation], "pass"],
  ])("leads %s", (_, records, expected) => {
    expect(outcome("edge-dns-leads-nowhere-else", [own, certificate, alias("A"), ...records])).toBe(expected);
  });

  it.each([
    [29, "fail"],
    [30, "pass"],
    [86_400, "pass"],
    [86_401, "fail"],
    [unknown, "unknown"],
  ])("an answer lasts %s seconds: %s", (ttl, expected) => {
    expect(outcome("edge-dns-answers-last", [record("A", { ttl })])).toBe(expected);
  });

  it.each([
    ["its own", {}, "pass"],
    ["another name's", { name: "example.org" }, "fail"],
    ["deleted with its records", { forceDestroy: true }, "fail"],
    ["private", { vpcs: [{ vpcId: "vpc" }] }, "fail"],
  ])("the zone is %s", (_, props, expected) => {
    expect(outcome("edge-zone-public-and-kept", [own, zone(props)])).toBe(expected);
  });
});
