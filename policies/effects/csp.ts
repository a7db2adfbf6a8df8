/**
 * What a Content-Security-Policy lets happen, as Google's csp_evaluator tells it (https://csp-evaluator.withgoogle.com),
 * and beyond scripts: where data may go, and what may frame the page.
 */
import { type Csp, Directive, Version } from "csp_evaluator/dist/csp.js";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

/** Why a policy does not limit what injected markup can do; nothing where it does. */
export function weaknesses(policy: string): readonly string[] {
  const { csp } = new CspParser(policy);
  const found = new CspEvaluator(csp, Version.CSP3)
    .evaluate()
    .filter(({ severity }) => severity <= Severity.HIGH_MAYBE)
    .map(({ directive, value, description }) => `${directive}${value ? ` ${value}` : ""}: ${description}`);
  return [...new Set([...found, ...openScripts(csp), ...openElsewhere(csp)])];
}

/** Who may frame a page; undefined where the policy does not say, and X-Frame-Options does. */
export function framing(policy: string): "anybody" | "some" | undefined {
  const ancestors = new CspParser(policy).csp.directives[Directive.FRAME_ANCESTORS];
  return ancestors && (ancestors.some(isBroad) ? "anybody" : "some");
}

/** Whether an inline script runs; undefined where it hangs on what it says. */
export function runsInline(policy: string, nonce: string | undefined): boolean | undefined {
  const { csp } = new CspParser(policy);
  const sources = sourcesOf(csp, Directive.SCRIPT_SRC_ELEM);
  if (sources === undefined) return true;
  if (nonce !== undefined && sources.includes(`'nonce-${nonce}'`)) return true;
  if (sources.some((source) => /^'sha(256|384|512)-/.test(source))) return undefined;
  // A browser that knows nonces passes over the word beside one (CSP level 3, 6.7.3.2).
  return sources.includes("'unsafe-inline'") && !sources.some((source) => source.startsWith("'nonce-"));
}

/** Below these names anybody puts pages and files (publicsuffix.org, its private section). */
const publishedByAnybody =
  /\.(vercel\.app|netlify\.app|github\.io|gitlab\.io|herokuapp\.com|cloudfront\.net|amazonaws\.com|pages\.dev|workers\.dev|web\.app|firebaseapp\.com|azurewebsites\.net|blob\.core\.windows\.net|fly\.dev|onrender\.com|ngrok\.io)$/i;

/** Whether a source is as good as any: a scheme, a wildcard, or a wildcard right below a top-level domain. */
export function isBroad(source: string): boolean {
  const [host = ""] = source.replace(/^[a-z]+:\/\//i, "").split(/[:/]/, 1);
  return (
    (host.startsWith("*.") && publishedByAnybody.test(host)) ||
    /^(\*|[a-z][a-z0-9+.-]*:)$/i.test(source) ||
    /^([a-z]+:\/\/)?\*(\.[a-z0-9-]+)?(:(\*|\d+))?(\/.*)?$/i.test(source)
  );
}

/** A nonce that everybody gets with every page is no secret; what a page writes as text or a blob runs like a script. */
function openScripts(csp: Csp): readonly string[] {
  return [Directive.SCRIPT_SRC, Directive.SCRIPT_SRC_ELEM, Directive.SCRIPT_SRC_ATTR].flatMap((directive) =>
    (sourcesOf(csp, directive) ?? ["*"])
      .filter((source) => isBroad(source) || source.startsWith("'nonce-") || source === "'unsafe-eval'")
      .map((source) => `scripts may come from ${source.startsWith("'nonce-") ? "a constant nonce" : source}`),
  );
}

/** What `default-src` does not stand for has to be said. */
function openElsewhere({ directives }: Csp): readonly string[] {
  const { [Directive.BASE_URI]: base, [Directive.FORM_ACTION]: forms = ["*"] } = directives;
  const data = directives[Directive.CONNECT_SRC] ?? directives[Directive.DEFAULT_SRC] ?? ["*"];
  return [
    ...(base?.some(isBroad) ? ["the page's addresses may start from anywhere"] : []),
    ...(forms.some(isBroad) ? ["forms may be sent anywhere"] : []),
    ...(data.some(isBroad) ? ["pages may send data anywhere"] : []),
  ];
}

function sourcesOf(csp: Csp, directive: string): readonly string[] | undefined {
  return csp.directives[csp.getEffectiveDirective(directive)];
}
