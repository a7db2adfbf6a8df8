/** The headers that Mozilla's HTTP Observatory and securityheaders.com want for an A+. */
import type * as aws from "@pulumi/aws";
import { project } from "../../declared/application.ts";
import { behaviours, distribution } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { framing, weaknesses } from "../../effects/csp.ts";
import {
  customHeader,
  deniedFeatures,
  isEverybody,
  sharedWith,
  takenAway,
} from "../../effects/response-headers.ts";
import { all, atLeast, equals, oneOf, show } from "../../expect.ts";
import { linked, resourceType, type Stack } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const headers = resourceType<aws.cloudfront.ResponseHeadersPolicyArgs>(
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
);

/** A year: the least that hstspreload.org accepts and that OWASP's HSTS cheat sheet asks for. */
const hstsSeconds = 31_536_000;

/** The policies that never tell another site more than the origin (MDN, Referrer-Policy). */
const referrerPolicies = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];

/** What a page of this site needs nothing of; an injected script would. */
const features = ["camera", "geolocation", "microphone"];

/** Values that keep other sites' windows, and their requests for our files, apart from ours (MDN, COOP and CORP). */
const apart = {
  "cross-origin-opener-policy": ["same-origin", "same-origin-allow-popups", "noopener-allow-popups"],
  "cross-origin-resource-policy": ["same-origin", "same-site"],
} as const;

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
    id: "edge-headers-count",
    item: "EDGE-05",
    type: headers,
    // Vercel sends a Strict-Transport-Security of its own, without subdomains.
    check: ({ props }) =>
      all(
        ...["strictTransportSecurity", "frameOptions", "referrerPolicy"].map((header) =>
          equals(props, `securityHeadersConfig.${header}.override`, true),
        ),
      ),
  }),
  resourceRule({
    id: "edge-scripts-limited",
    item: "EDGE-05",
    type: headers,
    check: ({ props }) => {
      const policy = props.securityHeadersConfig?.contentSecurityPolicy?.contentSecurityPolicy ?? "";
      const wanted = "limited to named origins by the Content-Security-Policy";
      return weaknesses(policy).map((observed) => ({ observed, wanted }));
    },
  }),
  eachRule({
    id: "edge-nonces-count",
    item: "EDGE-05",
    each: headers,
    // Only the app knows a nonce: with the edge's policy in its place, no page that has inline scripts comes alive.
    check: ({ props }, stack) =>
      props.securityHeadersConfig?.contentSecurityPolicy?.override === true &&
      stack.ofType(project).some((app) => app.props.framework !== "vite")
        ? {
            observed: "its Content-Security-Policy takes the place of the pages' own",
            wanted: "sent where there is none",
          }
        : undefined,
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
    check: ({ props }) => {
      const policy = props.securityHeadersConfig?.contentSecurityPolicy?.contentSecurityPolicy ?? "";
      return all(
        oneOf(props, "securityHeadersConfig.frameOptions.frameOption", ["DENY", "SAMEORIGIN"]),
        // Browsers ask this one where there is one.
        framing(policy) === "anybody"
          ? { observed: "the Content-Security-Policy lets every site frame the pages", wanted: "none" }
          : undefined,
      );
    },
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
    check: ({ props }) => {
      const denied = deniedFeatures(customHeader(props, "permissions-policy") ?? "");
      return features
        .filter((feature) => !denied.has(feature))
        .map((feature) => ({
          observed: `injected scripts may use ${feature}`,
          wanted: "denied by a Permissions-Policy",
        }));
    },
  }),
  eachRule({
    id: "edge-other-sites-kept-apart",
    item: "EDGE-05",
    each: headers,
    check: ({ props }, stack) => [
      ...Object.entries(apart).flatMap(([header, values]) => {
        const value = customHeader(props, header)?.trim();
        return (values as readonly (string | undefined)[]).includes(value)
          ? []
          : [{ observed: `${header} is ${show(value)}`, wanted: values.join(" or ") }];
      }),
      ...sharedWith(props)
        .filter((origin) => !ownOrigins(stack).includes(origin))
        .map((origin) =>
          isEverybody(origin)
            ? { observed: "every site's scripts may read answers", wanted: "its own" }
            : { doubt: `scripts of ${origin} may read answers` },
        ),
      ...takenAway(props).map((header) => ({ doubt: `answers lose their ${header}` })),
    ],
  }),
];

function ownOrigins(stack: Stack): readonly string[] {
  return stack
    .ofType(distribution)
    .flatMap(({ props }) => (props.aliases ?? []).map((host) => `https://${host}`));
}
