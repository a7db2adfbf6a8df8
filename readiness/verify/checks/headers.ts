/** Security headers, graded as MDN's HTTP Observatory does, and what its grade does not say: a nonce that repeats. */
import type { HeadersMeasure } from "../../../model/evidence/measure.ts";
import { gradePage } from "../../proofs/evidence/formats/site-probe/grade/grade.ts";
import {
  type Exchange,
  foreignOrigin,
  type SiteRecord,
} from "../../proofs/evidence/formats/site-probe/record.ts";
import { scriptTags } from "../../proofs/evidence/formats/site-probe/script-tags.ts";
import { siteHeaders } from "../../proofs/evidence/formats/site-probe.ts";
import { type Check, judgeOf } from "../check.ts";
import { type Answer, header } from "../exchange.ts";
import type { Site } from "../site.ts";

const graded = judgeOf("security headers");
const strict = judgeOf("HSTS");
const nonces = judgeOf("nonce");

/** A+ by the Observatory's chart. */
const best = 100;

type Graded = Pick<HeadersMeasure["pages"][number], "url" | "problem" | "score" | "grade" | "deductions">;

/** @param pages answers to plain requests, by path: of a site on this machine, which nobody looks at over HTTPS */
export function headers(
  site: Site,
  record: SiteRecord | undefined,
  pages: ReadonlyMap<string, Answer>,
): readonly Check[] {
  const wanted = site.subject.stack !== undefined;
  if (record === undefined) {
    return [...pages].map(([path, answer]) =>
      judged(path, { ...gradedPlain(site, answer), problem: null }, "as behind an edge with HTTPS, ", wanted),
    );
  }
  const read = siteHeaders.read({ path: "look", bytes: Buffer.from(JSON.stringify(record)) });
  if ("problem" in read) return [graded.unknown(site.url.host, read.problem)];
  const { pages: looked } = read.measure as HeadersMeasure;
  return looked.flatMap((page) => {
    const path = URL.parse(page.url)?.pathname ?? page.url;
    return [judged(path, page, "", wanted), ...(page.problem === null ? [hsts(path, page)] : [])];
  });
}

/** @param wanted whether every one of them is declared, so that none may be missing though others make up for it */
function judged(
  path: string,
  { score, grade, deductions, problem }: Omit<Graded, "url">,
  how: string,
  wanted: boolean,
): Check {
  // Whoever looked over HTTPS was answered otherwise than now: the page's own check says how.
  if (problem !== null) return graded.unknown(path, `nothing to grade: it ${problem}`);
  const said = `${how}${grade} (${score})`;
  if (score >= best && deductions.length > 0 && wanted) {
    return graded.fail(path, `${said}, and yet ${deductions.join(", ")}`);
  }
  if (score >= best) return graded.pass(path, said);
  return graded.fail(path, `${said}, must be A+: ${deductions.join(", ")}`);
}

function hsts(path: string, { deductions }: Graded): Check {
  const fault = deductions.find((one) => one.includes("Strict-Transport-Security"));
  return fault ? strict.fail(path, fault) : strict.pass(path, "six months or more");
}

const hstsName = "strict-transport-security";

/** What HTTPS brings is the edge's: graded is what the app itself sends. */
function gradedPlain({ url: { host } }: Site, answer: Answer) {
  const site = new URL(`https://${host}`);
  const own = answer.headers.map(([name, value]): [string, string] => [name, value]);
  const exchange: Exchange = {
    url: new URL(answer.url.pathname, site).href,
    http: answer.http,
    status: answer.status,
    reason: "",
    headers: header(answer, hstsName) === undefined ? [...own, [hstsName, "max-age=63072000"]] : own,
    certificate: null,
    scripts: scriptTags(answer.text),
  };
  const nobody = { exchanges: [], failure: null };
  return gradePage(exchange, { path: answer.url.pathname, secure: nobody, plain: nobody }, site);
}

/** A nonce that two answers have in common is known to whoever asks first: it lets every script run. */
export function nonce(path: string, one: Answer, other: Answer): readonly Check[] {
  const [first, second] = [one, other].map(
    (answer) => /'nonce-([^']+)'/.exec(header(answer, "content-security-policy") ?? "")?.[1],
  );
  if (first === undefined) return [];
  return [
    first === second
      ? nonces.fail(path, "two answers have the same nonce")
      : nonces.pass(path, "another for each answer"),
  ];
}

/** As whose page pages are asked for. */
export const asForeign = { origin: foreignOrigin };
