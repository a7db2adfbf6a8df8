/** A look at a running site: how it is reached, and the grade of its security headers. */

import { readShape } from "../json.ts";
import type {
  Format,
  HeadersMeasure,
  Measure,
  RawFile,
  Reading,
  TransportMeasure,
  Unreadable,
} from "../reading.ts";
import { certificatesOf, isAccepted, ownDigests } from "./site-probe/certificates.ts";
import { gradePage } from "./site-probe/grade/grade.ts";
import { type SitePage, type SiteRecord, siteRecord } from "./site-probe/record.ts";
import { clockSeconds, contradiction, endOf, plainProblem } from "./site-probe/walk.ts";
import { oneLine } from "./values.ts";

const made = "npm run evidence -- probe";

export const siteTransport: Format = {
  name: "site-transport",
  kind: "transport",
  made,
  read: (file) => read(file, transport),
};
export const siteHeaders: Format = {
  name: "site-headers",
  kind: "headers",
  made,
  read: (file) => read(file, headers),
};

/** Both read the same record. */
export const siteProbes: readonly Format[] = [siteTransport, siteHeaders];

function read(
  { bytes }: RawFile,
  measured: (record: SiteRecord, site: URL) => Measure | Unreadable,
): Reading | Unreadable {
  const shape = readShape(bytes, siteRecord);
  if ("problem" in shape) return shape;
  const record = shape.value;
  const site = new URL(record.origin);
  const odd = contradictions(record, site);
  if (odd !== undefined) return { problem: `its record contradicts itself: ${odd}` };
  const measure = measured(record, site);
  if ("problem" in measure) return measure;
  const { startedAt, finishedAt, commit } = record;
  return { tool: "site-probe", version: null, startedAt, finishedAt, commit, measure };
}

function contradictions({ origin, pages, handshakes }: SiteRecord, site: URL): string | undefined {
  if (origin !== site.origin) return `${oneLine(origin)} must be ${site.origin}`;
  const own = ownDigests(handshakes);
  for (const { path, secure, plain } of pages) {
    const odd =
      contradiction(secure, secureUrl(site, path), site) ?? contradiction(plain, plainUrl(site, path), site);
    if (odd !== undefined) return odd;
    const other = [...secure.exchanges, ...plain.exchanges].find(
      ({ certificate }) => certificate !== null && !own.has(certificate.sha256),
    );
    // A certificate that is being replaced does this too.
    if (other) return `${oneLine(other.url)} has another certificate than the handshakes: look again`;
  }
  return undefined;
}

export function secureUrl(site: URL, path: string): string {
  return new URL(path, site).href;
}

/** Plain HTTP has its usual port, whichever HTTPS has. */
export function plainUrl(site: URL, path: string): string {
  return new URL(path, `http://${site.hostname}`).href;
}

function transport(record: SiteRecord, site: URL): TransportMeasure | Unreadable {
  const shown = certificatesOf(record);
  if ("problem" in shown) return { problem: `its record contradicts itself: ${shown.problem}` };
  return {
    kind: "transport",
    host: site.host,
    certificates: shown.certificates,
    versions: record.handshakes.map((handshake) => ({
      version: handshake.version,
      accepted: isAccepted(handshake),
    })),
    clockSeconds: clockSeconds(record),
    pages: record.pages.map(({ path, secure, plain }) => {
      const end = endOf(secure, site);
      return {
        url: secureUrl(site, path),
        secure: "problem" in end ? end.problem : null,
        plain: plainProblem(plain, site),
      };
    }),
  };
}

function headers({ pages }: SiteRecord, site: URL): HeadersMeasure {
  return { kind: "headers", host: site.host, pages: pages.map((page) => graded(page, site)) };
}

function graded(page: SitePage, site: URL): HeadersMeasure["pages"][number] {
  const url = secureUrl(site, page.path);
  const end = endOf(page.secure, site);
  if ("problem" in end) return { url, problem: end.problem, score: 0, grade: "F", deductions: [] };
  return { url, problem: null, ...gradePage(end.page, page, site) };
}
