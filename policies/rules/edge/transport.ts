/** TLS to the customer and to the origins, and how pages travel. */
import type * as aws from "@pulumi/aws";
import {
  behaviours,
  distribution,
  inCloudFrontRegion,
  originSecretHeader,
  serviceOrigins,
} from "../../declared/edge.ts";
import { equals, oneOf, show } from "../../expect.ts";
import { linked, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const certificate = resourceType<aws.acm.CertificateArgs>("aws:acm/certificate:Certificate");
const validation = resourceType<aws.acm.CertificateValidationArgs>(
  "aws:acm/certificateValidation:CertificateValidation",
);

/**
 * CloudFront's security policies without TLS 1.0, TLS 1.1 and weak ciphers (developer guide, "Supported protocols
 * and ciphers between viewers and CloudFront"); SSL Labs caps older ones at grade B.
 */
const securityPolicies = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

export const transportRules: readonly Rule[] = [
  resourceRule({
    id: "edge-https-only",
    item: "EDGE-01",
    type: distribution,
    check: (site) =>
      behaviours(site)
        .filter(
          ({ behaviour }) => !["redirect-to-https", "https-only"].includes(behaviour.viewerProtocolPolicy),
        )
        .map(({ path, behaviour }) => ({
          observed: `viewerProtocolPolicy ${path} is ${behaviour.viewerProtocolPolicy}`,
          wanted: "redirect-to-https or https-only",
        })),
  }),
  resourceRule({
    id: "edge-tls-floor",
    item: "EDGE-02",
    type: distribution,
    check: ({ props }) => oneOf(props, "viewerCertificate.minimumProtocolVersion", securityPolicies),
  }),
  resourceRule({
    id: "edge-origin-https",
    item: "EDGE-03",
    type: distribution,
    check: (site) =>
      serviceOrigins(site).flatMap(
        (origin) => equals(origin, "customOriginConfig.originProtocolPolicy", "https-only") ?? [],
      ),
  }),
  resourceRule({
    id: "edge-origin-tls-floor",
    item: "EDGE-03",
    type: distribution,
    check: (site) =>
      serviceOrigins(site)
        .map((origin) => origin.customOriginConfig?.originSslProtocols ?? [])
        .filter((protocols) => protocols.some((protocol) => protocol !== "TLSv1.2"))
        .map((protocols) => ({ observed: `originSslProtocols is ${show(protocols)}`, wanted: "TLSv1.2" })),
  }),
  resourceRule({
    id: "edge-certificate-covers-domain",
    item: "EDGE-04",
    type: distribution,
    check: (site) => {
      const { aliases = [] } = site.props;
      if (aliases.length === 0) return { observed: "it answers to no domain", wanted: "the stack's" };
      const names = [
        ...linked(site, "viewerCertificate", certificate),
        ...linked(site, "viewerCertificate", validation).flatMap((v) =>
          linked(v, "certificateArn", certificate),
        ),
      ].flatMap(({ props }) => [props.domainName, ...(props.subjectAlternativeNames ?? [])]);
      return aliases
        .filter((alias) => !names.some((name) => name === alias || name === wildcardOf(alias)))
        .map((alias) => ({ observed: `its certificate does not name ${alias}`, wanted: "named" }));
    },
  }),
  resourceRule({
    id: "edge-certificate-renews-itself",
    item: "EDGE-04",
    type: certificate,
    // ACM user guide, "Managed certificate renewal": validation by e-mail waits for somebody to answer.
    check: ({ props }) => equals(props, "validationMethod", "DNS"),
  }),
  resourceRule({
    id: "edge-certificate-in-cloudfront-region",
    item: "EDGE-04",
    type: certificate,
    check: inCloudFrontRegion,
  }),
  resourceRule({
    id: "edge-compressed",
    item: "EDGE-15",
    type: distribution,
    check: (site) =>
      behaviours(site)
        .filter(({ behaviour }) => behaviour.compress !== true)
        .map(({ path }) => ({ observed: `responses ${path} are not compressed`, wanted: "compressed" })),
  }),
  resourceRule({
    id: "edge-http-2",
    item: "EDGE-15",
    type: distribution,
    check: ({ props }) => oneOf(props, "httpVersion", ["http2", "http2and3"]),
  }),
  resourceRule({
    id: "edge-origin-authenticated",
    item: "EDGE-16",
    type: distribution,
    check: (site) =>
      serviceOrigins(site)
        .filter(({ customHeaders = [] }) => !customHeaders.some(({ name }) => name === originSecretHeader))
        .map(({ originId }) => ({
          observed: `${originId} is not sent ${originSecretHeader}`,
          wanted: "sent",
        })),
  }),
];

function wildcardOf(host: string): string {
  return host.replace(/^[^.]+/, "*");
}
