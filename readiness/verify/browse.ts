/** The browser's part of the smoke phase: whether there is one, who is logged in, what came of it. */
import { UsageError } from "../errors.ts";
import { showProgress } from "../terminal/progress.ts";
import { findBrowser } from "./browser/find.ts";
import type { Account } from "./browser/journey.ts";
import type { Visit } from "./browser/visit.ts";
import type { Check } from "./check.ts";
import { browsed as judged, middle, noBrowser } from "./checks/browser.ts";
import type { MeasuredPage } from "./report.ts";
import type { Site } from "./site.ts";
import type { Browsed } from "./smoke.ts";

/** @param wanted whether it is to be asked at all */
export async function browsed(site: Site, wanted: boolean, env: NodeJS.ProcessEnv): Promise<Browsed> {
  const nothing = (checks: readonly Check[]) => ({
    checks,
    cookies: new Map<string, string>(),
    pages: [],
    axe: [],
  });
  if (!wanted) return nothing(noBrowser(site, "--no-browser", false));
  const program = findBrowser(env);
  if (program === undefined)
    return nothing(noBrowser(site, "there is no Chromium on PATH or at CHROME_PATH", true));
  const account = accountIn(env);
  // Loaded here: nobody else needs it, and it takes its time.
  const { browse } = await import("./browser/journey.ts");
  const journeys = await browse(site, program, account, showProgress).catch((error: unknown) => {
    const [line = ""] = String(Object(error).message).split("\n");
    return line.slice(0, 120);
  });
  if (typeof journeys === "string")
    return nothing(noBrowser(site, `the browser does not start (${journeys})`, true));
  const { services } = site.subject;
  return {
    checks: journeys
      .flatMap((journey, i) => {
        const service = services[i];
        return service ? judged(site, service, journey) : [];
      })
      .map((check) => ({ ...check, said: without(check.said, account) })),
    pages: journeys.flatMap(({ visits }) => visits.flatMap((all) => measured(site, all))),
    axe: journeys.flatMap(({ visits }) => visits.flatMap((all) => all[0]?.axe ?? [])),
    cookies: new Map(
      journeys.flatMap(({ service, cookies }) => (cookies ? [[service, cookies] as const] : [])),
    ),
  };
}

function measured(site: Site, visits: readonly Visit[]): readonly MeasuredPage[] {
  const [first] = visits;
  if (first?.shown === undefined) return [];
  const of = (key: keyof Visit["vitals"]) => middle(visits, key);
  return [
    {
      url: new URL(first.path, site.url).href,
      shown: first.shown,
      visits: visits.length,
      lcpMs: of("lcpMs"),
      cls: of("cls"),
      inpMs: of("inpMs"),
      responseMs: of("responseMs"),
    },
  ];
}

/** @throws UsageError where half of it is missing */
export function accountIn({
  VERIFY_USER: user,
  VERIFY_PASSWORD: password,
}: NodeJS.ProcessEnv): Account | undefined {
  if (!user && !password) return undefined;
  if (user && password) return { user, password };
  throw new UsageError(`${user ? "VERIFY_PASSWORD" : "VERIFY_USER"} is missing in the environment`);
}

/** A page may print what it was given. */
function without(text: string, account: Account | undefined): string {
  return account ? text.replaceAll(account.password, "…").replaceAll(account.user, "…") : text;
}
