/** What a browser saw: whether pages live, what they complain of, how soon they are there, whom they lock out. */
import { goodVitals } from "../../../model/evidence/limits/site.ts";
import { clean } from "../../terminal/layout.ts";
import type { Journey } from "../browser/journey.ts";
import type { Visit, Vitals } from "../browser/visit.ts";
import { type Check, judgeOf } from "../check.ts";
import type { Site } from "../site.ts";
import type { Service } from "../subject.ts";

const shown = judgeOf("shown in a browser");
const logins = judgeOf("login");
const consoles = judgeOf("console");
const policies = judgeOf("blocked by its policy");
const vitals = judgeOf("Web Vitals");
const accessible = judgeOf("accessibility");

export function noBrowser(site: Site, why: string, asked: boolean): readonly Check[] {
  return [(asked ? shown.unknown : shown.notAsked)(site.url.host, why)];
}

export function browsed(site: Site, service: Service, { visits, login, failure }: Journey): readonly Check[] {
  if (failure !== undefined) return [shown.unknown(service.name, failure)];
  const loginPath = service.pages.find(({ role }) => role === "login")?.path;
  return [
    ...journey(service, loginPath, login),
    ...visits.flatMap(([first, ...more]) =>
      first ? ofPage(site, first, more, loginPath, login !== undefined && login.problem === undefined) : [],
    ),
  ];
}

function journey({ name }: Service, path: string | undefined, login: Journey["login"]): readonly Check[] {
  if (path === undefined) return [logins.notAsked(name, "no page of it is its login")];
  if (!login)
    return [
      logins.unknown(path, "no test account: VERIFY_USER and VERIFY_PASSWORD are not in the environment"),
    ];
  return [
    login.problem === undefined
      ? logins.pass(path, "takes the test account")
      : logins.fail(path, login.problem),
  ];
}

function ofPage(
  site: Site,
  first: Visit,
  more: readonly Visit[],
  loginPath: string | undefined,
  loggedIn: boolean,
): readonly Check[] {
  const { path, failure, status, blank, violations } = first;
  if (failure !== undefined)
    return [shown.fail(path, failure.startsWith("ERR_") ? `is not loaded (${failure})` : clean(failure))];
  const to = URL.parse(first.shown ?? "");
  if (to?.host !== site.url.host)
    return [shown.fail(path, `leads a browser to ${clean(to?.host ?? "nowhere").slice(0, 100)}`)];
  if (to.pathname !== path && to.pathname === loginPath) {
    // What would be measured is the login, once more.
    return [
      loggedIn
        ? shown.fail(path, "leads to the login, though the test account is logged in")
        : shown.unknown(path, "leads to the login: only who is logged in sees it"),
    ];
  }
  const there = blank
    ? shown.fail(
        path,
        `is blank${violations.length > 0 ? ": its Content-Security-Policy keeps its scripts from running" : ""}`,
      )
    : status !== undefined && status >= 400
      ? shown.fail(path, `answers ${status}`)
      : shown.pass(path, "shows something");
  return [there, complaints(first), blocked(first), measured(path, [first, ...more]), ...audited(first)];
}

function complaints({ path, errors }: Visit): Check {
  const [first = ""] = errors;
  if (errors.length === 0) return consoles.pass(path, "no error");
  return consoles.fail(
    path,
    `${errors.length === 1 ? "an error" : `${errors.length} errors`}: ${clean(first).slice(0, 200)}`,
  );
}

function blocked({ path, violations }: Visit): Check {
  if (violations.length === 0) return policies.pass(path, "nothing");
  return policies.fail(path, clean(violations.slice(0, 3).join("; ")).slice(0, 300));
}

/** The middle one of several visits. */
export function middle(visits: readonly Visit[], key: keyof Vitals): number | null {
  const values = visits.flatMap((one) => one.vitals[key] ?? []).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? null;
}

function measured(path: string, visits: readonly Visit[]): Check {
  const [lcp, cls, inp] = [middle(visits, "lcpMs"), middle(visits, "cls"), middle(visits, "inpMs")];
  const figures = [
    `LCP ${lcp === null ? "unknown" : `${lcp} ms`}`,
    `CLS ${cls === null ? "unknown" : cls.toFixed(3)}`,
    `INP ${inp === null ? "unknown: nothing took long enough to be told" : `${inp} ms, of a key`}`,
  ].join(", ");
  const said = `${figures}, ${visits.length === 1 ? "one visit" : `the middle of ${visits.length} visits`} from here`;
  const over = (lcp ?? 0) > goodVitals.lcpMs || (cls ?? 0) > goodVitals.cls || (inp ?? 0) > goodVitals.inpMs;
  if (over)
    return vitals.fail(
      path,
      `${said}; good is LCP ${goodVitals.lcpMs} ms, CLS ${goodVitals.cls}, INP ${goodVitals.inpMs} ms at most`,
    );
  return lcp === null || cls === null ? vitals.unknown(path, said) : vitals.pass(path, said);
}

/** What axe cannot decide is a person's to decide: said, and neither for nor against the page. */
function audited({ path, axe, blank }: Visit): readonly Check[] {
  if (!axe) return [];
  const { violations, incomplete, passes } = axe;
  if (violations.length > 0) {
    const list = violations.slice(0, 5).map(({ id, nodes }) => `${id} (${nodes.length})`);
    return [accessible.fail(path, `breaks WCAG 2.1 AA: ${list.join(", ")}`)];
  }
  if (blank || passes.length === 0) return [accessible.unknown(path, "nothing to look at")];
  const open = incomplete.map(({ id }) => id).join(", ");
  const check = accessible.pass(
    path,
    `axe finds nothing, by ${passes.length} of its rules; it cannot see all of WCAG 2.1 AA`,
  );
  return incomplete.length > 0
    ? [check, accessible.notAsked(path, `a person has to look: ${open}`)]
    : [check];
}
