/** Whether each page is there, and is the page: not the login in its place, not the answer to whatever is missing. */
import { randomUUID } from "node:crypto";
import { clean } from "../../terminal/layout.ts";
import { type Check, judgeOf } from "../check.ts";
import { contentOf, deadScripts, isBotWall, madeBy } from "../content.ts";
import { type Answer, header } from "../exchange.ts";
import type { NoAnswer } from "../no-answer.ts";
import type { Site } from "../site.ts";
import type { Page, Service } from "../subject.ts";
import { type Arrived, walk } from "../walk.ts";

const there = judgeOf("page");
const missing = judgeOf("missing page");

export interface Pages {
  readonly checks: readonly Check[];
  /** What pages answered that are themselves, by path. */
  readonly answers: ReadonlyMap<string, Answer>;
}

const asBrowser = { headers: { accept: "text/html, */*;q=0.5" } };

export async function pagesOf(site: Site, service: Service): Promise<Pages> {
  const nowhere = `${new URL(service.pages[0]?.path ?? "/", site.url).pathname.replace(/[^/]*$/, "")}readiness-${randomUUID()}`;
  const [notThere, ...arrived] = await Promise.all(
    [nowhere, ...service.pages.map(({ path }) => path)].map((path) => walk(site, path, asBrowser)),
  );
  const answers = new Map<string, Answer>();
  const login = service.pages.findIndex(({ role }) => role === "login");
  const known = {
    missing: answerOf(notThere),
    login: answerOf(arrived[login]),
    loginPath: service.pages[login]?.path,
  };
  const checks = service.pages.map((page, i) => {
    const found = arrived[i] ?? { code: "", failure: "was not asked" };
    const check = ofPage(page, found, service, known);
    if (check.outcome === "pass" && "answer" in found && found.sentTo === undefined)
      answers.set(page.path, found.answer);
    return check;
  });
  return { checks: [...checks, ofMissing(notThere)], answers };
}

function answerOf(found: Arrived | NoAnswer | undefined): Answer | undefined {
  return found && "answer" in found ? found.answer : undefined;
}

interface Known {
  readonly missing: Answer | undefined;
  readonly login: Answer | undefined;
  readonly loginPath: string | undefined;
}

function ofPage(page: Page, found: Arrived | NoAnswer, { framework, levels }: Service, known: Known): Check {
  const { path, location, role } = page;
  if ("failure" in found) return there.fail(path, found.failure);
  const { answer, sentTo, firstStatus } = found;
  if (isBotWall(answer))
    return there.unknown(path, `a wall against bots answers ${answer.status} in its place`);
  if (answer.status !== 200) return there.fail(path, `answers ${answer.status}`);
  if (answer.odd.length > 0) return there.fail(path, `answers with a text that is ${answer.odd.join(", ")}`);
  if (location !== undefined && sentTo?.pathname !== location) {
    return there.fail(path, `answers ${firstStatus} to a stranger, must lead to ${location}`);
  }
  if (framework !== undefined && !madeBy(framework, answer)) {
    return there.fail(path, `answers with a page that ${framework} has not made`);
  }
  if (!/html/i.test(header(answer, "content-type") ?? "html")) {
    return there.fail(
      path,
      `answers with ${clean(header(answer, "content-type") ?? "").slice(0, 60)}, must be HTML`,
    );
  }
  const dead = deadScripts(answer);
  if (dead > 0) {
    return there.fail(
      path,
      `answers with inline scripts that its Content-Security-Policy keeps from running (${dead})`,
    );
  }
  if (sentTo !== undefined)
    return there.pass(path, `leads to ${clean(sentTo.pathname).slice(0, 100)}, which answers 200`);
  if (role !== "login" && isLoginOf(answer, known))
    return there.fail(path, "answers with the login page, must be the page or lead to the login");
  const { text, scripts } = contentOf(answer);
  if (text === "" && scripts.length === 0) return there.fail(path, "answers with an empty page");
  if (known.missing?.status === 200 && text === contentOf(known.missing).text) {
    return there.fail(path, "answers as if it were not there: like any path that is missing");
  }
  if (answer.ms > levels.pageResponseMs) {
    return there.fail(path, `takes ${Math.round(answer.ms)} ms, must be ${levels.pageResponseMs} at most`);
  }
  return there.pass(path, `answers 200 in ${Math.round(answer.ms)} ms`);
}

function isLoginOf(answer: Answer, { login, loginPath }: Known): boolean {
  if (!login || answer.url.pathname === loginPath || !contentOf(answer).loginForm) return false;
  const [here, there] = [contentOf(answer), contentOf(login)];
  return here.title === there.title || here.text === there.text;
}

function ofMissing(found: Arrived | NoAnswer | undefined): Check {
  const path = "a path that is not there";
  if (!found) return missing.unknown(path, "was not asked");
  if ("failure" in found) return missing.fail(path, found.failure);
  const { answer, sentTo } = found;
  if (answer.status === 404 || answer.status === 410) return missing.pass(path, `answers ${answer.status}`);
  if (sentTo !== undefined && contentOf(answer).loginForm) {
    return missing.unknown(path, "leads strangers to the login: what it is, only who is logged in can see");
  }
  if (isBotWall(answer)) return missing.unknown(path, `a wall against bots answers ${answer.status}`);
  return missing.fail(path, `answers ${answer.status}, must be 404`);
}
