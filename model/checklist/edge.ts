import type { ChecklistRows } from "./row.ts";

const section = "Edge";
const proof = "policy";

export const edgeItems = {
  "EDGE-01": {
    section,
    statement: "Customers reach the site over HTTPS alone",
    proof,
    why: "One page over plain HTTP is enough to steal a session on a public network.",
    remedy: "Set viewerProtocolPolicy to redirect-to-https in components/edge/distribution.ts.",
  },
  "EDGE-02": {
    section,
    statement: "Customers' connections use TLS 1.2 or newer, with strong ciphers",
    proof,
    why: "Older versions can be broken, and SSL Labs grades a site that offers them B at best.",
    remedy: "Raise minimumProtocolVersion in components/edge/distribution.ts.",
  },
  "EDGE-03": {
    section,
    statement: "CloudFront reaches the services over TLS 1.2",
    proof,
    why: "The padlock that customers see says nothing of the way behind CloudFront.",
    remedy: "Restore customOriginConfig in components/edge/distribution.ts.",
  },
  "EDGE-04": {
    section,
    statement: "The certificate names the domain and renews itself",
    proof,
    why: "An expired or foreign certificate is an outage: browsers let nobody through.",
    remedy: "Declare the certificate as components/edge/certificate.ts does, for domain of {stackFile}.",
  },
  "EDGE-05": {
    section,
    statement: "Every response carries the security headers that are graded A+",
    proof,
    why: "Without them the browser runs injected scripts, lets other sites frame the pages and falls back to HTTP.",
    remedy:
      "Restore the headers in components/edge/headers.ts; inlineScripts of a service in {stackFile} is nonce (docs/edge.md).",
  },
  "EDGE-06": {
    section,
    statement: "A web application firewall blocks known attacks before they reach the site",
    proof,
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
    why: "A customer who is blocked by mistake cannot be helped without the log, and a log with cookies is a leak.",
    remedy: "Raise edge.accessLogRetentionDays in {stackFile}, or restore components/edge/web-firewall.ts.",
  },
  "EDGE-09": {
    section,
    statement: "Every request is logged without its cookies, and the log is kept",
    proof,
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
    why: "Whoever reads the bucket directly goes around firewall, rate limit and log.",
    remedy:
      "Restore the origin access control in components/edge/distribution.ts and the policy in components/edge.ts.",
  },
  "EDGE-13": {
    section,
    statement: "The domain leads to the site over IPv4 and IPv6",
    proof,
    why: "Mobile networks increasingly have IPv6 alone, and reach IPv4 through overloaded gateways.",
    remedy: "Restore the A and AAAA records in components/edge.ts.",
  },
  "EDGE-14": {
    section,
    statement: "Only the certificate authorities in use may issue for the domain",
    proof,
    why: "Without CAA records, any authority in the world can be tricked into a certificate for the site.",
    remedy: "Restore the CAA record in components/edge.ts.",
  },
  "EDGE-15": {
    section,
    statement: "Pages travel compressed, over HTTP/2 or newer",
    proof,
    why: "A bundle of 850 KB does not meet its response time as plain text over one request at a time.",
    remedy: "Restore httpVersion and compress in components/edge/distribution.ts.",
  },
  "EDGE-16": {
    section,
    statement: "CloudFront proves itself to the services",
    proof,
    why: "A service that cannot tell CloudFront from anybody else has to let everybody in.",
    remedy:
      "Restore the origins' customHeaders in components/edge/distribution.ts, and leave edge.forwardHost out of {stackFile}.",
  },
  "EDGE-17": {
    section,
    statement: "Requests reach the service that they are for, and customers see its own answer",
    proof,
    why: "A page that is kept for the next customer shows him another's data; an error shown as a page wakes nobody.",
    remedy: "Restore the cache behaviours, origins and error responses in components/edge/distribution.ts.",
  },
  "EDGE-18": {
    section,
    statement: "Answers about the domain are signed (DNSSEC)",
    proof,
    why: "Whoever answers before the name servers do sends customers to a site of their own, and gets a certificate for it.",
    remedy: "Restore components/edge/zone-signing.ts, and hand the output dsRecord to the parent zone.",
  },
  "EDGE-19": {
    section,
    statement: "What is asked about the domain is logged, and the log is kept",
    proof,
    why: "Who looks for forgotten names, and where customers were led while somebody had the zone, stands nowhere else.",
    remedy: "Restore components/edge/query-logs.ts, and set edge.accessLogRetentionDays in {stackFile}.",
  },
} as const satisfies ChecklistRows;
