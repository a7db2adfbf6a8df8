/** TLS to the customer and to the origins, and how pages travel. */
import type * as aws from "@pulumi/aws";
import type { ResourceOf } from "../../aws.ts";
import { firewall, projectsAt } from "../../declared/application.ts";
import { cloudflareRecord, record } from "../../declared/dns.ts";
import {
  behaviours,
  distribution,
  inCloudFrontRegion,
  isChallenge,
  originSecretHeader,
  serviceOrigins,
} from "../../declared/edge.ts";
import { password } from "../../declared/secrets.ts";
import { eachRule } from "../../each-rule.ts";
import { activeRules, operator } from "../../effects/vercel-firewall.ts";
import { all, equals, oneOf, show } from "../../expect.ts";
import { linked, type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule, type Violation } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

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
    existing: true,
    type: distribution,
    check: (site) =>
      behaviours(site)
        .filter(({ behaviour }) => !isChallenge(behaviour))
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
    existing: ({ props }) =>
      props.viewerCertificate?.cloudfrontDefaultCertificate === true
        ? undefined
        : oneOf(props, "viewerCertificate.minimumProtocolVersion", securityPolicies),
    type: distribution,
    check: ({ props }) =>
      all(
        oneOf(props, "viewerCertificate.minimumProtocolVersion", securityPolicies),
        // With CloudFront's own certificate the version that is asked for does not count.
        oneOf(props, "viewerCertificate.sslSupportMethod", ["sni-only", "vip", "static-ip"]),
        props.viewerCertificate?.cloudfrontDefaultCertificate === true
          ? { observed: "CloudFront's own certificate is used", wanted: "that of the domain" }
          : undefined,
      ),
  }),
  resourceRule({
    id: "edge-origin-https",
    item: "EDGE-03",
    existing: (site) =>
      serviceOrigins(site)
        .filter(({ customOriginConfig }) => customOriginConfig?.originProtocolPolicy !== "https-only")
        .map(({ originId }) => ({
          observed: `${originId} is asked in plain text`,
          wanted: "https-only",
          mend: `set customOriginConfig.originProtocolPolicy of its origin ${originId} to https-only`,
        })),
    type: distribution,
    check: (site) =>
      serviceOrigins(site).flatMap((origin) =>
        all(
          equals(origin, "customOriginConfig.originProtocolPolicy", "https-only"),
          equals(origin, "customOriginConfig.httpsPort", 443),
        ),
      ),
  }),
  resourceRule({
    id: "edge-origin-tls-floor",
    item: "EDGE-03",
    existing: (site) =>
      serviceOrigins(site)
        .map((origin) => origin.customOriginConfig?.originSslProtocols ?? [])
        .filter((protocols) => protocols.some((protocol) => /^(SSLv3|TLSv1|TLSv1\.1)$/.test(protocol)))
        .map((protocols) => ({ observed: `originSslProtocols is ${show(protocols)}`, wanted: "TLSv1.2" })),
    type: distribution,
    check: (site) =>
      serviceOrigins(site)
        .map((origin) => origin.customOriginConfig?.originSslProtocols ?? [])
        .filter((protocols) => protocols.length === 0 || protocols.some((protocol) => protocol !== "TLSv1.2"))
        .map((protocols) => ({ observed: `originSslProtocols is ${show(protocols)}`, wanted: "TLSv1.2" })),
  }),
  resourceRule({
    id: "edge-certificate-covers-domain",
    item: "EDGE-04",
    existing: (site) => {
      const names = certificatesOf(site).flatMap(certified);
      return names.length === 0 ? undefined : uncovered(site.props.aliases ?? [], names);
    },
    type: distribution,
    check: (site) => {
      const { aliases = [] } = site.props;
      if (aliases.length === 0) return { observed: "it answers to no domain", wanted: "the stack's" };
      const names = certificatesOf(site).flatMap(certified);
      return [
        ...uncovered(aliases, names),
        // Each name has to be proven anew at every renewal.
        ...names
          .filter((name) => !aliases.some((alias) => alias.endsWith((name ?? "").replace(/^\*\./, ""))))
          .map((name) => ({
            observed: `its certificate names ${name}, where it does not answer`,
            wanted: "its own",
          })),
      ];
    },
  }),
  eachRule({
    id: "edge-certificate-renews-itself",
    item: "EDGE-04",
    existing: ({ props }) =>
      props.validationMethod === "EMAIL"
        ? { observed: "somebody has to answer an e-mail at each renewal", wanted: "validated by DNS" }
        : undefined,
    each: certificate,
    // ACM user guide, "Managed certificate renewal": validation by e-mail waits for somebody to answer.
    check: (issued, stack, { parts }) =>
      all(
        equals(issued.props, "validationMethod", "DNS"),
        [
          ...stack.attached(record, "records", issued),
          ...stack.attached(cloudflareRecord, "content", issued),
        ].some((proof) => linked(proof as Resource, "name", certificate).includes(issued)) ||
          // A look at the DNS proves what others declare.
          parts.dns.kind === "external"
          ? undefined
          : { observed: "no record of this stack proves that the domain is ours", wanted: "declared" },
      ),
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
    existing: true,
    type: distribution,
    check: ({ props }) => oneOf(props, "httpVersion", ["http2", "http2and3"]),
  }),
  eachRule({
    id: "edge-origin-authenticated",
    item: "EDGE-16",
    each: distribution,
    check: (site, stack) =>
      serviceOrigins(site).flatMap(({ originId, domainName, customHeaders = [] }) => {
        const sent = customHeaders.filter(({ name }) => name?.toLowerCase() === originSecretHeader);
        if (sent.length !== 1) {
          return [{ observed: `${originId} is not sent ${originSecretHeader}`, wanted: "sent" }];
        }
        const firewalls = projectsAt(domainName, stack).flatMap((app) =>
          stack.attached(firewall, "projectId", app),
        );
        return firewalls
          .filter((config) => !isSame(site, () => sent[0]?.value, config))
          .map(({ name }) => ({
            observed: `${originId} is sent another ${originSecretHeader} than the firewall ${name} demands`,
            wanted: "the same secret",
          }));
      }),
  }),
];

function certificatesOf(site: Resource<unknown>): readonly ResourceOf<typeof certificate>[] {
  const of = site as Resource;
  return [
    ...linked(of, "viewerCertificate", certificate),
    ...linked(of, "viewerCertificate", validation).flatMap((v) => linked(v, "certificateArn", certificate)),
  ];
}

function certified({ props }: ResourceOf<typeof certificate>): readonly (string | undefined)[] {
  return [props.domainName, ...(props.subjectAlternativeNames ?? [])];
}

function uncovered(aliases: readonly string[], names: readonly (string | undefined)[]): readonly Violation[] {
  return aliases
    .filter((alias) => !names.some((name) => name === alias || name === wildcardOf(alias)))
    .map((alias) => ({ observed: `its certificate does not name ${alias}`, wanted: "named" }));
}

function wildcardOf(host: string): string {
  return host.replace(/^[^.]+/, "*");
}

/** Whether a firewall demands what CloudFront sends: the same text, or, where neither can be read, of the same source. */
function isSame(
  site: Resource,
  sent: () => string | undefined,
  config: ResourceOf<typeof firewall>,
): boolean {
  const value = whenReadable(sent);
  const demanded = activeRules(config.props)
    .flatMap(({ conditionGroups }) => conditionGroups.flatMap(({ conditions }) => conditions))
    .filter(
      (condition) => condition.key?.toLowerCase() === originSecretHeader && operator(condition) === "neq",
    )
    .map((condition) => whenReadable(() => condition.value));
  const sources = linked(config as Resource, "rules", password);
  const shared = linked(site, "origins", password).some((source) => sources.includes(source));
  return demanded.every((wanted) => wanted === value) && (value !== undefined || shared);
}
