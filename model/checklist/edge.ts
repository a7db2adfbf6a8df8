import type { ChecklistRows } from "./row.ts";

const section = "Edge";
const proof = "policy";
const cloudfront = { edge: ["cloudfront"] } as const;
/** The stack declares the records itself. */
const ownRecords = { dns: ["route53", "cloudflare"] } as const;

export const edgeItems = {
  "EDGE-01": {
    section,
    statement: "Customers reach the site over HTTPS alone",
    proof,
    needs: cloudfront,
    why: "One page over plain HTTP is enough to steal a session on a public network.",
    remedy: "Set viewerProtocolPolicy to redirect-to-https in components/edge/distribution.ts.",
  },
  "EDGE-02": {
    section,
    statement: "Customers' connections use TLS 1.2 or newer, with strong ciphers",
    proof,
    needs: cloudfront,
    why: "Older versions can be broken, and SSL Labs grades a site that offers them B at best.",
    remedy: "Raise minimumProtocolVersion in components/edge/distribution.ts.",
  },
  "EDGE-03": {
    section,
    statement: "CloudFront reaches the services over TLS 1.2",
    proof,
    needs: cloudfront,
    why: "The padlock that customers see says nothing of the way behind CloudFront.",
    remedy: "Restore customOriginConfig in components/edge/distribution.ts.",
  },
  "EDGE-04": {
    section,
    statement: "The certificate names the domain and renews itself",
    proof,
    needs: cloudfront,
    why: "An expired or foreign certificate is an outage: browsers let nobody through.",
    remedy: "Declare the certificate as components/edge/certificate.ts does, for domain of {stackFile}.",
  },
  "EDGE-05": {
    section,
    statement: "Every response carries the security headers that are graded A+",
    proof,
    needs: cloudfront,
    why: "Without them the browser runs injected scripts, lets other sites frame the pages and falls back to HTTP.",
    remedy:
      "Restore the headers in components/edge/headers.ts; inlineScripts of a service in {stackFile} is nonce (docs/edge.md).",
  },
  "EDGE-06": {
    section,
    statement: "A web application firewall blocks known attacks before they reach the site",
    proof,
    needs: cloudfront,
    why: "Scanners try every new vulnerability on every address within hours, long before it is patched.",
    remedy:
      "Restore the web ACL in components/edge/web-firewall.ts and webAclId in components/edge/distribution.ts.",
  },
  "EDGE-07": {
    section,
    statement: "One address cannot flood the site",
    proof,
    why: "A single client in a loop takes the capacity, and the bill, of everybody.",
    remedy: "Lower edge.rateLimitPer5Minutes in {stackFile}.",
  },
  "EDGE-08": {
    section,
    statement:
      "What the firewall blocks is measured and logged, encrypted and without saying who is logged in",
    proof,
    needs: cloudfront,
    why: "A customer who is blocked by mistake cannot be helped without the log, and a log with cookies is a leak.",
    remedy: "Raise edge.accessLogRetentionDays in {stackFile}, or restore components/edge/web-firewall.ts.",
  },
  "EDGE-09": {
    section,
    statement: "Every request is logged without its cookies, and the log is kept",
    proof,
    needs: cloudfront,
    why: "Intrusions are found months later; then the access log is the only witness.",
    remedy: "Raise edge.accessLogRetentionDays in {stackFile}, or restore components/edge/access-logs.ts.",
  },
  "EDGE-10": {
    section,
    statement: "Buckets are private, encrypted and reached over TLS alone",
    proof,
    why: "A bucket that somebody opened by mistake is the commonest data leak in the cloud.",
    remedy: "Use components/private-bucket.ts for every bucket.",
  },
  "EDGE-11": {
    section,
    statement: "Overwritten and deleted files can be brought back",
    proof,
    why: "A bad upload replaces the files that customers are loading at that moment.",
    remedy: "Restore the BucketVersioning in components/private-bucket.ts.",
  },
  "EDGE-12": {
    section,
    statement: "The static files' bucket answers this site's CloudFront and nobody else",
    proof,
    needs: cloudfront,
    why: "Whoever reads the bucket directly goes around firewall, rate limit and log.",
    remedy:
      "Restore the origin access control in components/edge/distribution.ts and the policy in components/edge.ts.",
  },
  "EDGE-13": {
    section,
    statement: "The domain leads to the site, over IPv4 and, where the edge has it, IPv6",
    proof,
    needs: ownRecords,
    why: "Mobile networks increasingly have IPv6 alone, and reach IPv4 through overloaded gateways.",
    remedy:
      "Restore the domain's records in components/edge/dns/, where dns of {stackFile} says that they are kept.",
  },
  "EDGE-14": {
    section,
    statement: "Only the certificate authorities in use may issue for the domain",
    proof,
    needs: ownRecords,
    why: "Without CAA records, any authority in the world can be tricked into a certificate for the site.",
    remedy: "Restore limitIssuers in components/edge/dns/.",
  },
  "EDGE-15": {
    section,
    statement: "Pages travel compressed, over HTTP/2 or newer",
    proof,
    needs: cloudfront,
    why: "A bundle of 850 KB does not meet its response time as plain text over one request at a time.",
    remedy: "Restore httpVersion and compress in components/edge/distribution.ts.",
  },
  "EDGE-16": {
    section,
    statement: "CloudFront proves itself to the services",
    proof,
    needs: cloudfront,
    why: "A service that cannot tell CloudFront from anybody else has to let everybody in.",
    remedy:
      "Restore the origins' customHeaders in components/edge/distribution.ts, and leave edge.forwardHost out of {stackFile}.",
  },
  "EDGE-17": {
    section,
    statement: "Requests reach the service that they are for, and customers see its own answer",
    proof,
    why: "A page that is kept for the next customer shows him another's data; an error shown as a page wakes nobody.",
    remedy:
      "Restore the cache behaviours, origins and error responses in components/edge/distribution.ts; behind Vercel's own edge, the ProjectDomain in components/app.ts.",
  },
  "EDGE-18": {
    section,
    statement: "Answers about the domain are signed (DNSSEC)",
    proof,
    needs: ownRecords,
    why: "Whoever answers before the name servers do sends customers to a site of their own, and gets a certificate for it.",
    remedy: "Restore the signing in components/edge/dns/, and hand the output dsRecord to the parent zone.",
  },
  "EDGE-19": {
    section,
    statement: "What is asked about the domain is logged, and the log is kept",
    proof,
    needs: { dns: ["route53"] },
    why: "Who looks for forgotten names, and where customers were led while somebody had the zone, stands nowhere else.",
    remedy: "Restore components/edge/query-logs.ts, and set dns.queryLogRetentionDays in {stackFile}.",
  },
} as const satisfies ChecklistRows;
