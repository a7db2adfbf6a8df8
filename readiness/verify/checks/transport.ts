/** How the site is reached: versions of TLS, the certificate, the way from plain HTTP. Read from one look at it. */
import type { TransportMeasure } from "../../../model/evidence/measure.ts";
import { look } from "../../evidence/probe/look.ts";
import type { SiteRecord } from "../../proofs/evidence/formats/site-probe/record.ts";
import { siteTransport } from "../../proofs/evidence/formats/site-probe.ts";
import { type Check, judgeOf } from "../check.ts";
import { portOf, type Site } from "../site.ts";

const versions = judgeOf("TLS versions");
const certificates = judgeOf("certificate");
const ways = judgeOf("redirect to HTTPS");

/** A look needs a commit; that of an address of anybody's is nobody's. */
const nobodysCommit = "0".repeat(40);
/** As the checklist has it. */
const fewestDays = 14;
/** Ours: whose clock is further off can judge no certificate. */
const mostClockSeconds = 300;
const oldVersions: readonly string[] = ["TLSv1", "TLSv1.1"];

/** Over HTTPS alone. */
export function lookAt(site: Site, paths: readonly string[], commit = nobodysCommit): Promise<SiteRecord> {
  const { ca, httpPort = 80, milliseconds, clock } = site.settings;
  const reach = {
    address: site.at.address,
    httpsPort: portOf(site.url),
    httpPort,
    milliseconds,
    ...(ca !== undefined && { ca }),
  };
  // Ports of tests are not part of what the site is called.
  const origin = new URL(site.url.origin);
  return look(origin, paths, commit, reach, clock);
}

export function transport(site: Site, record: SiteRecord | undefined): readonly Check[] {
  const { host } = site.url;
  if (record === undefined) {
    const plain = "plain HTTP: whoever is on the way reads along and changes what they like";
    const local = "plain HTTP on this machine";
    return [versions, certificates, ways].map((judge) =>
      site.local ? judge.notAsked(host, local) : judge.fail(host, plain),
    );
  }
  const read = siteTransport.read({ path: "look", bytes: Buffer.from(JSON.stringify(record)) });
  if ("problem" in read) return [certificates.unknown(host, read.problem)];
  const measure = read.measure as TransportMeasure;
  return [ofVersions(measure), ...ofCertificates(measure, site.settings.clock()), ...ofWays(site, measure)];
}

function ofVersions({ host, versions: tried }: TransportMeasure): Check {
  const of = (accepted: boolean | null) =>
    tried.filter((one) => one.accepted === accepted).map(({ version }) => version);
  const [spoken, open] = [of(true), of(null)];
  const old = spoken.filter((version) => oldVersions.includes(version));
  if (old.length > 0) return versions.fail(host, `${old.join(" and ")} accepted, must be refused (RFC 8996)`);
  if (spoken.length === 0) return versions.fail(host, "none of TLS 1.0 to 1.3 accepted");
  if (open.some((version) => oldVersions.includes(version))) {
    return versions.unknown(host, `whether ${open.join(" and ")} is refused could not be seen`);
  }
  return versions.pass(
    host,
    `${spoken.join(" and ")}; ${of(false).join(" and ") || "none"} tried and refused`,
  );
}

const distrusts: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it has signed itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its root is none that is known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate between it and its root is not sent",
  UNABLE_TO_GET_ISSUER_CERT: "the certificate between it and its root is not sent",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its root is none that is known",
  CERT_REVOKED: "it is revoked",
};

function ofCertificates(
  { certificates: shown, clockSeconds, host }: TransportMeasure,
  now: Date,
): readonly Check[] {
  if (shown.length === 0) return [certificates.fail(host, "none was shown")];
  const off = clockSeconds === null || Math.abs(clockSeconds) > mostClockSeconds;
  const clock =
    clockSeconds === null
      ? "no answer tells the site's time"
      : `this machine's clock is ${clockSeconds} s from the site's`;
  return shown.map(({ validFrom, validTo, daysLeft, ofHost, distrust }) => {
    if (!ofHost) return certificates.fail(host, "it is of another name");
    const [from, to] = [new Date(validFrom), new Date(validTo)];
    const day = (date: Date) => date.toISOString().slice(0, 10);
    const timely = from > now || to < now || daysLeft < fewestDays;
    // A clock that is wrong takes a good one for a bad one.
    if (timely && clockSeconds !== null && off)
      return certificates.unknown(host, `${clock}: set it and ask again`);
    if (from > now) return certificates.fail(host, `not valid before ${validFrom}; ${clock}`);
    if (to < now) return certificates.fail(host, `expired on ${day(to)}`);
    if (distrust !== null) return certificates.fail(host, `not trusted: ${distrusts[distrust] ?? distrust}`);
    if (daysLeft < fewestDays) {
      return certificates.fail(
        host,
        `expires on ${day(to)}, in ${daysLeft} days, must be ${fewestDays} or more`,
      );
    }
    if (off) return certificates.unknown(host, clock);
    return certificates.pass(host, `trusted, of this name, for ${daysLeft} days`);
  });
}

function ofWays(site: Site, { pages }: TransportMeasure): readonly Check[] {
  return pages.map(({ url, plain }) => {
    const path = URL.parse(url)?.pathname ?? site.url.host;
    return plain === null
      ? ways.pass(path, "plain HTTP leads to HTTPS on the same host, or is closed")
      : ways.fail(path, `over plain HTTP it ${plain}, must lead to HTTPS on the same host`);
  });
}
