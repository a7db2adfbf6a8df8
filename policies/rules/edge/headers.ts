/** The headers that Mozilla's HTTP Observatory and securityheaders.com want for an A+. */
import type * as aws from "@pulumi/aws";
import { behaviours, distribution } from "../../declared/edge.ts";
import { atLeast, equals, oneOf } from "../../expect.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const headers = resourceType<aws.cloudfront.ResponseHeadersPolicyArgs>(
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
);

/** A year: the least that hstspreload.org accepts and that OWASP's HSTS cheat sheet asks for. */
const hstsSeconds = 31_536_000;

/** The policies that never tell another site more than the origin (MDN, Referrer-Policy). */
const referrerPolicies = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];

/** What lets any script run (MDN, Content-Security-Policy: script-src). */
const openSources = ["*", "http:", "https:", "data:", "'unsafe-inline'", "'unsafe-eval'"];

export const headerRules: readonly Rule[] = [
  resourceRule({
    id: "edge-headers-everywhere",
    item: "EDGE-05",
    type: distribution,
    check: (site) => {
      const properties = ["defaultCacheBehavior", "orderedCacheBehaviors"];
      if (!properties.some((property) => linked(site, property, headers).length > 0)) {
        return { observed: "no policy of response headers of this stack is used", wanted: "used" };
      }
      return behaviours(site)
        .filter(({ behaviour }) => !Object.hasOwn(behaviour, "responseHeadersPolicyId"))
        .map(({ path }) => ({
          observed: `responses ${path} have no security headers`,
          wanted: "sent with them",
        }));
    },
  }),
  resourceRule({
    id: "edge-hsts-for-a-year",
    adjustable: true,
    item: "EDGE-05",
    type: headers,
    check: ({ props }, { floor }) =>
      atLeast(
        props,
        "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec",
        floor(hstsSeconds),
        "seconds",
      ),
  }),
  resourceRule({
    id: "edge-hsts-for-subdomains",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) =>
      equals(props, "securityHeadersConfig.strictTransportSecurity.includeSubdomains", true),
  }),
  resourceRule({
    id: "edge-scripts-limited",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) => {
      const policy = props.securityHeadersConfig?.contentSecurityPolicy?.contentSecurityPolicy ?? "";
      const sources = scriptSources(policy);
      const wanted = "limited to named origins by the Content-Security-Policy";
      if (!sources) return { observed: "scripts may come from anywhere", wanted };
      const open = sources.filter((source) => openSources.includes(source));
      return open.length === 0 ? undefined : { observed: `scripts may come from ${open.join(" ")}`, wanted };
    },
  }),
  resourceRule({
    id: "edge-content-types-not-guessed",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) => equals(props, "securityHeadersConfig.contentTypeOptions.override", true),
  }),
  resourceRule({
    id: "edge-framing-denied",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) =>
      oneOf(props, "securityHeadersConfig.frameOptions.frameOption", ["DENY", "SAMEORIGIN"]),
  }),
  resourceRule({
    id: "edge-referrer-withheld",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) =>
      oneOf(props, "securityHeadersConfig.referrerPolicy.referrerPolicy", referrerPolicies),
  }),
  resourceRule({
    id: "edge-permissions-denied",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) =>
      props.customHeadersConfig?.items?.some(({ header }) => header.toLowerCase() === "permissions-policy")
        ? undefined
        : { observed: "no Permissions-Policy is sent", wanted: "sent" },
  }),
];

/** Where scripts may come from: the directive of their own, or the default. */
function scriptSources(policy: string): readonly string[] | undefined {
  const directives = new Map(
    policy.split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(/\s+/);
      return [name.toLowerCase(), sources] as const;
    }),
  );
  return directives.get("script-src") ?? directives.get("default-src");
}
