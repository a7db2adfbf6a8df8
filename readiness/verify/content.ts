/** What a page's HTML tells: its text, its scripts, whether it is another page in disguise. */
import { Parser } from "htmlparser2";
import type { ServiceSpec } from "../../model/config/stack-spec.ts";
import { runsInline } from "../../policies/effects/csp.ts";
import { type Answer, header } from "./exchange.ts";

/** What a framework's build leaves in every page that it makes. */
const marks: Readonly<Record<ServiceSpec["framework"], RegExp>> = {
  nextjs: /\/_next\//,
  remix: /__remixContext|__reactRouterContext/,
  sveltekit: /\/_app\/immutable\/|__sveltekit/,
  nuxtjs: /\/_nuxt\/|__NUXT/,
  astro: /\/_astro\/|data-astro-|content="Astro /i,
  vite: /<script[^>]{0,200}\stype="?module/,
};

export function madeBy(framework: ServiceSpec["framework"], { text }: Answer): boolean {
  return marks[framework].test(text);
}

interface Script {
  /** Nothing of one that stands in the page. */
  readonly url: URL | undefined;
  readonly nonce: string | undefined;
  /** Whether a browser of today runs it, as far as its type says. */
  readonly runs: boolean;
  readonly inlineBytes: number;
}

export interface Content {
  readonly title: string;
  /** What a reader sees, without what differs from one answer to the next. */
  readonly text: string;
  readonly scripts: readonly Script[];
  /** What the page tells a browser to fetch before a script asks for it. */
  readonly preloaded: readonly URL[];
  readonly loginForm: boolean;
}

const hidden: readonly string[] = ["script", "style", "template", "noscript", "title"];
const kept = new WeakMap<Answer, Content>();

/** Read once: a page is looked at by several checks. */
export function contentOf(answer: Answer): Content {
  const content = kept.get(answer) ?? read(answer);
  kept.set(answer, content);
  return content;
}

function read({ text: html, url: { href } }: Answer): Content {
  const scripts: Script[] = [];
  const preloaded: URL[] = [];
  const open: string[] = [];
  let [title, text, inline, loginForm] = ["", "", "", false];
  let script: Record<string, string> | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (hidden.includes(name)) open.push(name);
      if (name === "script") script = attributes;
      if (name === "input" && attributes["type"]?.toLowerCase() === "password") loginForm = true;
      if (name !== "link") return;
      const { rel = "", as, href: to } = attributes;
      const url = to === undefined ? null : URL.parse(to, href);
      if (url && (as === "script" || rel.toLowerCase() === "modulepreload")) preloaded.push(url);
    },
    ontext(part) {
      const inside = open.at(-1);
      if (inside === undefined) text += part;
      else if (inside === "title") title += part;
      else if (inside === "script") inline += part;
    },
    onclosetag(name) {
      if (open.at(-1) === name) open.pop();
      if (name !== "script" || !script) return;
      scripts.push(scriptOf(script, href, inline));
      [script, inline] = [undefined, ""];
    },
  });
  parser.end(html);
  const readable = text
    .replace(/[0-9a-f-]{8,}|\d+/gi, "#")
    .replace(/\s+/g, " ")
    .trim();
  return { title: title.trim(), text: readable, scripts, preloaded, loginForm };
}

function scriptOf(attributes: Record<string, string>, page: string, inline: string): Script {
  const { src, type = "", nonce, nomodule } = attributes;
  const url = src === undefined ? undefined : (URL.parse(src, page) ?? undefined);
  // Without that a browser takes it for data, as JSON or an import map.
  const runs =
    nomodule === undefined && /^(|module|(text|application)\/(java|ecma)script)$/i.test(type.trim());
  return { url, nonce, runs, inlineBytes: src === undefined ? Buffer.byteLength(inline) : 0 };
}

/** A stranger's question to whoever asks: whether they are a person. */
export function isBotWall(answer: Answer): boolean {
  const challenged = ["cf-mitigated", "x-vercel-mitigated"].some(
    (name) => header(answer, name) === "challenge",
  );
  const asks = /just a moment|captcha|verify you are (a )?human|security checkpoint/i.test(answer.text);
  return challenged || (asks && [401, 403, 429, 503].includes(answer.status));
}

/** Inline scripts that the page's own policy keeps from running: it looks well, and does nothing (docs/edge.md). */
export function deadScripts(answer: Answer): number {
  const policy = header(answer, "content-security-policy");
  if (policy === undefined) return 0;
  const inline = contentOf(answer).scripts.filter(({ url, runs }) => url === undefined && runs);
  return inline.filter(({ nonce }) => runsInline(policy, nonce) === false).length;
}

/** Scripts that a browser of today loads with a page. */
export function scriptsOf(answer: Answer): { readonly urls: readonly URL[]; readonly inlineBytes: number } {
  const { scripts, preloaded } = contentOf(answer);
  const run = scripts.filter(({ runs }) => runs);
  const urls = [...run.flatMap(({ url }) => url ?? []), ...preloaded];
  return {
    urls: [...new Map(urls.map((url) => [url.href, url])).values()],
    inlineBytes: run.reduce((sum, { inlineBytes }) => sum + inlineBytes, 0),
  };
}
