/** What pages bring along: how heavy their scripts are, what is compressed, what may be cached and by whom. */
import type { ServiceLevels } from "../../../model/service-levels/targets.ts";
import { type Check, judgeOf } from "../check.ts";
import { scriptsOf } from "../content.ts";
import { type Answer, header } from "../exchange.ts";
import type { NoAnswer } from "../no-answer.ts";
import type { Site } from "../site.ts";
import { cachedBy } from "./health.ts";

const weights = judgeOf("scripts");
const compression = judgeOf("compression");
const caching = judgeOf("caching");
const hits = judgeOf("cache hits");
const heads = judgeOf("HEAD");

/** A packet or two: nothing is won by packing less. */
const worthPacking = 1_500;
/** Of a file whose name changes with its content. */
const leastAgeSeconds = 86_400;

export async function assets(
  site: Site,
  { levels }: { levels: ServiceLevels },
  pages: ReadonlyMap<string, Answer>,
): Promise<readonly Check[]> {
  const loaded = new Map<string, Promise<Answer | NoAnswer>>();
  const load = (url: URL) => {
    const asked = loaded.get(url.href) ?? site.askAnywhere(url);
    loaded.set(url.href, asked);
    return asked;
  };
  const weighed = await Promise.all([...pages].map(([path, answer]) => weigh(path, answer, load, levels)));
  const files = (await Promise.all(loaded.values())).filter((one) => "status" in one);
  const own = files.filter(({ url, status }) => url.origin === site.url.origin && status === 200);
  const html = [...pages.values()];
  return [
    ...weighed,
    ...[...pages].map(([path, answer]) => shared(path, answer)),
    packed(site, [...html, ...own]),
    aged(site, own),
    await hit(site, own, levels),
    ...(await Promise.all([...pages].slice(0, 1).map(([path]) => likeGet(site, path)))),
  ];
}

async function weigh(
  path: string,
  page: Answer,
  load: (url: URL) => Promise<Answer | NoAnswer>,
  { bundle }: ServiceLevels,
): Promise<Check> {
  const { urls, inlineBytes } = scriptsOf(page);
  const answers = await Promise.all(urls.map(async (url) => ({ url, answer: await load(url) })));
  const broken = answers.find(({ answer }) => "failure" in answer || answer.status !== 200);
  const files = answers.flatMap(({ answer }) => ("failure" in answer ? [] : answer));
  const sum = (key: "bytes" | "wireBytes") => files.reduce((total, file) => total + file[key], 0);
  const kilobytes = (bytes: number) => Math.ceil(bytes / 100) / 10;
  const decoded = kilobytes(sum("bytes") + inlineBytes);
  const said = `${decoded} KB unpacked, ${kilobytes(sum("wireBytes"))} KB on the wire, in ${files.length} files and inline`;
  if (decoded >= bundle.targetKB)
    return weights.fail(path, `${said}, must be below ${bundle.targetKB} KB unpacked`);
  if (broken) {
    const why = "failure" in broken.answer ? broken.answer.failure : `answers ${broken.answer.status}`;
    return weights.fail(path, `${broken.url.pathname.slice(0, 120)} ${why}`);
  }
  return weights.pass(path, said);
}

/** Who stores an answer that is one visitor's gives it to the next. */
function shared(path: string, answer: Answer): Check {
  const control = (header(answer, "cache-control") ?? "").toLowerCase();
  const stored = /\bpublic\b|\bs-maxage=[1-9]/.test(control) && !/\bprivate\b|\bno-store\b/.test(control);
  const cookie = header(answer, "set-cookie") !== undefined;
  if (stored && cookie) return caching.fail(path, "sets a cookie in an answer that every cache may keep");
  const age = Number(header(answer, "age") ?? 0);
  const lifetime = Number(
    /\bs-maxage=(\d+)/.exec(control)?.[1] ?? /\bmax-age=(\d+)/.exec(control)?.[1] ?? Number.NaN,
  );
  const grace = Number(/\bstale-while-revalidate=(\d+)/.exec(control)?.[1] ?? 0);
  if (age > lifetime + grace)
    return caching.fail(
      path,
      `is ${age} s old, and may be ${lifetime + grace} s: a cache answers with what is stale`,
    );
  return caching.pass(path, stored ? "every cache may keep it" : "no shared cache keeps it");
}

function packed(site: Site, answers: readonly Answer[]): Check {
  const { host } = site.url;
  const text = answers.filter(
    (one) =>
      one.bytes > worthPacking && /html|javascript|json|css|svg/.test(header(one, "content-type") ?? ""),
  );
  const plain = text.filter((one) => (header(one, "content-encoding") ?? "identity") === "identity");
  if (text.length === 0) return compression.notAsked(host, "nothing that is worth it");
  const [first] = plain;
  if (!first) return compression.pass(host, `all of ${text.length} texts are sent compressed`);
  return compression.fail(
    host,
    `${first.url.pathname.slice(0, 120)} is sent as it is, and ${plain.length - 1} others; must be compressed`,
  );
}

function aged(site: Site, files: readonly Answer[]): Check {
  const { host } = site.url;
  // With a part that changes with the content.
  const named = files.filter(({ url }) => /\.m?js$/.test(url.pathname) && isDigested(url.pathname));
  if (named.length === 0) return caching.notAsked(host, "no script whose name tells its content");
  const short = named.filter(
    (one) => !(Number(/\bmax-age=(\d+)/.exec(header(one, "cache-control") ?? "")?.[1]) >= leastAgeSeconds),
  );
  const [first] = short;
  if (!first) return caching.pass(host, `browsers keep ${named.length} scripts for a day or more`);
  return caching.fail(
    host,
    `${first.url.pathname.slice(0, 120)} and ${short.length - 1} others may not be kept for a day, though their names change with their content`,
  );
}

function isDigested(path: string): boolean {
  const parts = path.slice(path.lastIndexOf("/")).split(/[-._~/]/);
  return parts.some((part) => part.length >= 8 && /\d/.test(part));
}

/** Asked once more: by then the edge has what it keeps. */
async function hit(site: Site, files: readonly Answer[], { cacheHitRate }: ServiceLevels): Promise<Check> {
  const { host } = site.url;
  if (site.local) return hits.notAsked(host, "no cache stands before it on this machine");
  const again = await Promise.all(files.map(({ url }) => site.askAnywhere(url)));
  const told = again.filter((one) => "status" in one);
  if (told.length === 0) return hits.notAsked(host, "no file that a cache would keep");
  const tells = told.some((one) =>
    ["age", "x-cache", "x-vercel-cache", "cf-cache-status"].some((name) => header(one, name) !== undefined),
  );
  if (!tells) return hits.unknown(host, "no header tells whether a cache answered");
  const share = (100 * told.filter((one) => cachedBy(one) !== undefined).length) / told.length;
  const said = `${Math.round(share)} % of ${told.length} files, asked once more, came from a cache`;
  if (share > cacheHitRate.targetPercent) return hits.pass(host, said);
  return hits.fail(host, `${said}, must be more than ${cacheHitRate.targetPercent} %`);
}

async function likeGet(site: Site, path: string): Promise<Check> {
  const answer = await site.ask(path, { method: "HEAD" });
  if ("failure" in answer) return heads.fail(path, answer.failure);
  if ([405, 501].includes(answer.status)) return heads.pass(path, `is not offered (${answer.status})`);
  return answer.status < 400
    ? heads.pass(path, `answers ${answer.status}`)
    : heads.fail(path, `answers ${answer.status}, and GET 200`);
}
