import { type Mutation, on, set, unset } from "./mutation.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const firewall = "vercel:index/firewallConfig:FirewallConfig";
const certificate = "aws:acm/certificate:Certificate";
const record = (name: RegExp) => ({ type: "aws:route53/record:Record", name });

export const edgeMutations: readonly Mutation[] = [
  {
    rule: "edge-https-only",
    title: "static files are served over plain HTTP as well",
    change: on(distribution, set("orderedCacheBehaviors.0.viewerProtocolPolicy", "allow-all")),
  },
  {
    rule: "edge-tls-floor",
    title: "TLS 1.0 is offered",
    change: on(distribution, set("viewerCertificate.minimumProtocolVersion", "TLSv1")),
  },
  {
    rule: "edge-tls-floor",
    title: "the TLS version is left to CloudFront's default",
    stack: "staging",
    change: on(distribution, unset("viewerCertificate.minimumProtocolVersion")),
  },
  {
    rule: "edge-origin-https",
    title: "the service is called as the customer called",
    change: on(distribution, set("origins.0.customOriginConfig.originProtocolPolicy", "match-viewer")),
  },
  {
    rule: "edge-origin-tls-floor",
    title: "the service may answer with TLS 1.1",
    change: on(distribution, set("origins.0.customOriginConfig.originSslProtocols", ["TLSv1.1", "TLSv1.2"])),
  },
  {
    rule: "edge-certificate-covers-domain",
    title: "the certificate is for another name",
    change: on(certificate, set("domainName", "www.example.org")),
  },
  {
    rule: "edge-certificate-renews-itself",
    title: "somebody has to answer an e-mail at every renewal",
    change: on(certificate, set("validationMethod", "EMAIL")),
  },
  {
    rule: "edge-certificate-in-cloudfront-region",
    title: "the certificate is requested in Frankfurt",
    change: on(certificate, set("region", "eu-central-1")),
  },
  {
    rule: "edge-compressed",
    title: "pages are not compressed",
    change: on(distribution, set("defaultCacheBehavior.compress", false)),
  },
  {
    rule: "edge-http-2",
    title: "HTTP/1.1 alone",
    change: on(distribution, set("httpVersion", "http1.1")),
  },
  {
    rule: "edge-origin-authenticated",
    title: "CloudFront does not prove itself to the service",
    change: on(distribution, unset("origins.0.customHeaders")),
  },
  {
    rule: "edge-origin-authenticated",
    title: "the firewall demands another secret than CloudFront sends",
    change: on(firewall, set("rules.rules.0.conditionGroups.1.conditions.1.value", "literal")),
  },
  {
    rule: "edge-site-answers",
    title: "CloudFront is switched off",
    change: on(distribution, set("enabled", false)),
  },
  {
    rule: "edge-site-answers",
    title: "one country alone is let in",
    change: on(
      distribution,
      set("restrictions.geoRestriction", { restrictionType: "whitelist", locations: ["AQ"] }),
    ),
  },
  {
    rule: "edge-requests-reach-their-service",
    also: ["edge-vercel-certificate-renewed"],
    title: "pages are looked for among the files",
    change: on(distribution, set("orderedCacheBehaviors.0.pathPattern", "/*")),
  },
  {
    rule: "edge-answers-not-shared",
    title: "pages are kept for other customers",
    change: on(
      distribution,
      set("defaultCacheBehavior.cachePolicyId", "658327ea-f89d-4fab-a63d-7e88639e58f6"),
    ),
  },
  {
    rule: "edge-answers-not-shared",
    also: ["edge-visitors-told-apart"],
    title: "cookies do not reach the service",
    stack: "staging",
    change: on(distribution, unset("defaultCacheBehavior.originRequestPolicyId")),
  },
  {
    rule: "edge-errors-shown",
    title: "a failing service looks like a page",
    change: on(distribution, set("customErrorResponses.7.responseCode", 200)),
  },
  {
    rule: "edge-errors-shown",
    title: "an error is shown for a day",
    change: on(distribution, set("customErrorResponses.7.errorCachingMinTtl", 86_400)),
  },
  {
    rule: "edge-origins-own",
    also: [
      "edge-requests-reach-their-service",
      "edge-host-is-the-services",
      "edge-vercel-certificate-renewed",
    ],
    title: "the service is somebody else's",
    change: on(distribution, set("origins.0.domainName", "portal.example.org")),
  },
  {
    rule: "edge-customers-address-told",
    title: "the function lets customers name their address",
    change: on(
      "aws:cloudfront/function:Function",
      set("code", "function handler(event) { return event.request; }"),
    ),
  },
  {
    rule: "edge-customers-address-told",
    title: "no function is asked",
    stack: "staging",
    change: on(distribution, unset("defaultCacheBehavior.functionAssociations")),
  },
  {
    rule: "edge-host-is-the-services",
    also: ["edge-dns-origins-found", "edge-issuers-limited"],
    title: "the domain is another project's",
    change: on(
      { type: "vercel:index/projectDomain:ProjectDomain", name: /-customers$/ },
      set("domain", "www.example.org"),
    ),
  },
  {
    rule: "edge-vercel-certificate-renewed",
    title: "authorities are redirected to HTTPS, for which there is no certificate yet",
    change: on(distribution, set("orderedCacheBehaviors.1.viewerProtocolPolicy", "redirect-to-https")),
  },
  {
    rule: "edge-vercel-certificate-renewed",
    also: ["edge-origins-own", "edge-origin-authenticated", "edge-origin-https"],
    title: "nothing leads authorities to Vercel",
    stack: "staging",
    change: on(distribution, unset("orderedCacheBehaviors.1")),
  },
  {
    rule: "edge-vercel-certificate-renewed",
    title: "the origin's secret travels over plain HTTP",
    change: on(
      distribution,
      set("origins.2.customHeaders", [{ name: "X-Origin-Secret", value: "for all to read" }]),
    ),
  },
  {
    rule: "edge-visitors-told-apart",
    title: "all visitors are one to Vercel",
    change: on(
      distribution,
      set("defaultCacheBehavior.originRequestPolicyId", "216adef6-5c7f-47e4-b989-5492eafa07d3"),
    ),
  },
  {
    rule: "edge-waits-for-services",
    title: "CloudFront gives up together with the function",
    change: on(distribution, set("origins.0.customOriginConfig.originReadTimeout", 30)),
  },
  {
    rule: "edge-waits-for-services",
    title: "a read that runs out of time is asked again",
    stack: "staging",
    change: on(distribution, unset("origins.0.responseCompletionTimeout")),
  },
  {
    rule: "edge-waits-for-services",
    title: "a dead origin costs half a minute",
    change: on(distribution, unset("origins.0.connectionAttempts"), unset("origins.0.connectionTimeout")),
  },
  {
    rule: "edge-waits-for-services",
    title: "functions run for longer than CloudFront waits",
    stack: "staging",
    change: on("vercel:index/project:Project", set("resourceConfig.functionDefaultTimeout", 60)),
  },
  {
    rule: "edge-metrics-complete",
    title: "the edge's latency is not measured",
    change: on(
      "aws:cloudfront/monitoringSubscription:MonitoringSubscription",
      set(
        "monitoringSubscription.realtimeMetricsSubscriptionConfig.realtimeMetricsSubscriptionStatus",
        "Disabled",
      ),
    ),
  },
  {
    rule: "edge-tls-floor",
    title: "CloudFront's own certificate is used",
    change: on(distribution, set("viewerCertificate.cloudfrontDefaultCertificate", true)),
  },
  {
    rule: "edge-certificate-renews-itself",
    title: "nothing proves that the domain is ours",
    change: on(record(/-validation$/), (r) => ({
      ...r,
      propertyDependencies: { ...r.propertyDependencies, records: [] },
    })),
  },
  {
    rule: "edge-origins-own",
    title: "no request leads to the files",
    change: on(distribution, unset("orderedCacheBehaviors.0")),
  },
  {
    rule: "edge-origin-tls-floor",
    title: "no version of TLS is said",
    change: on(distribution, set("origins.0.customOriginConfig.originSslProtocols", [])),
  },
  {
    rule: "edge-errors-shown",
    title: "errors are shown for as long as CloudFront likes",
    change: on(distribution, unset("customErrorResponses")),
  },
  {
    rule: "edge-answers-not-shared",
    title: "files cannot be read",
    change: on(distribution, set("orderedCacheBehaviors.0.allowedMethods", ["HEAD"])),
  },
  {
    rule: "edge-certificate-covers-domain",
    title: "the certificate names another site as well",
    change: on(certificate, set("subjectAlternativeNames", ["www.example.net"])),
  },
];
