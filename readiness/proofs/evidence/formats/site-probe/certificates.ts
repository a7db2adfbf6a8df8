/** What the certificates of a look say, read from themselves. */
import { createHash, X509Certificate } from "node:crypto";
import type { TransportMeasure } from "../../reading.ts";
import { oneLine } from "../values.ts";
import type { Handshake, SiteRecord } from "./record.ts";

type Certificates = TransportMeasure["certificates"];
const day = 24 * 3_600_000;

/** Each certificate once for each way in which it was shown, or why that cannot be. */
export function certificatesOf({
  handshakes,
  origin,
  startedAt,
}: SiteRecord): { readonly certificates: Certificates } | { readonly problem: string } {
  const host = new URL(origin).hostname;
  const found = new Map<string, Certificates[number]>();
  for (const handshake of handshakes) {
    const { version, certificates, failure, distrust } = handshake;
    if ((certificates.length === 0) !== (failure !== null)) {
      return { problem: `the handshake of ${version} must have either certificates or a failure` };
    }
    const chain = parsed(certificates);
    if (chain === undefined) return { problem: `a certificate of ${version} is none` };
    const [own] = chain;
    if (own === undefined) continue;
    const broken = chain.findIndex((certificate, i) => !signedBy(certificate, chain[i + 1]));
    if (broken >= 0)
      return { problem: `certificate ${broken + 1} of ${version} is not of the issuer beside it` };
    found.set(`${own.fingerprint256} ${distrust}`, {
      validFrom: own.validFromDate.toISOString(),
      validTo: own.validToDate.toISOString(),
      daysLeft: daysLeft(own, Date.parse(startedAt)),
      ofHost: own.checkHost(host, { subject: "never" }) !== undefined,
      distrust: distrust === null ? null : oneLine(distrust),
    });
  }
  return { certificates: [...found.values()] };
}

function parsed(certificates: readonly string[]): readonly X509Certificate[] | undefined {
  try {
    return certificates.map((der) => new X509Certificate(Buffer.from(der, "base64")));
  } catch {
    return undefined;
  }
}

function signedBy(certificate: X509Certificate, issuer: X509Certificate | undefined): boolean {
  return issuer === undefined || (certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
}

/** Negative too for one that is not valid yet. */
function daysLeft({ validFromDate, validToDate }: X509Certificate, now: number): number {
  if (validFromDate.getTime() > now) return -1;
  return Math.floor((validToDate.getTime() - now) / day);
}

/** SHA-256 of the certificates that the site called its own. */
export function ownDigests(handshakes: readonly Handshake[]): ReadonlySet<string> {
  const own = handshakes.flatMap(({ certificates: [first] }) => first ?? []);
  return new Set(own.map((der) => createHash("sha256").update(Buffer.from(der, "base64")).digest("hex")));
}

/**
 * Whether a version was accepted: an alert or a reset is the site's refusal, whatever else went wrong may be ours, such
 * as `ERR_SSL_NO_PROTOCOLS_AVAILABLE`.
 */
export function isAccepted({ failure }: Handshake): boolean | null {
  if (failure === null) return true;
  return /[_ ]alert[_ ]|^ECONNRESET$/i.test(failure) ? false : null;
}
