/**
 * What a project's firewall on Vercel does with a request: rules for addresses first, then custom rules in their
 * order, then managed rulesets; a bypass spares a request whatever comes after it (documentation, "Vercel WAF",
 * "Rule configuration reference").
 */
import type { Unwrap } from "@pulumi/pulumi";
import type * as vercel from "@pulumiverse/vercel";
import type { Doubt, Violation } from "../rule.ts";

type Config = Unwrap<vercel.FirewallConfigArgs>;
type FirewallRule = NonNullable<NonNullable<Config["rules"]>["rules"]>[number];
export type Condition = FirewallRule["conditionGroups"][number]["conditions"][number];
type Found = Violation | Doubt;

/** A request to production, as far as conditions are asked about it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** All that it carries, by name in small letters; where absent, anything may be among them. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Whether it may carry others beside, as a stranger chooses. */
  readonly open?: true;
}

/** What stands in a request, and is not told. */
export const untold = Symbol("not told");

/** A value that is none which a rule names: that of somebody who does not know it. */
export const guessed = Symbol("guessed");

/** The very value that a rule names: that of somebody who knows it. */
export const right = Symbol("right");

/** No header, where it must not hang on whether Vercel takes that for another value than a rule's. */
export const missing = Symbol("missing");

type HeaderValue = string | typeof untold | typeof guessed | typeof right | typeof missing | null;

/** What stops a request that is over a limit. */
const stopping = ["rate_limit", "deny", "challenge"];

/** Operators, and what each says negated. */
const negated: Readonly<Record<string, string>> = {
  eq: "neq",
  neq: "eq",
  ex: "nex",
  nex: "ex",
  inc: "ninc",
  ninc: "inc",
};

export function activeRules({ rules }: Config): readonly FirewallRule[] {
  // What has no action or no condition is nothing that Vercel takes.
  return (rules?.rules ?? []).filter(
    (rule) =>
      rule.active !== false && rule.action && rule.conditionGroups?.every((g) => g.conditions?.length),
  );
}

/** A condition's operator, with its negation taken in; undefined where that has no operator of its own. */
export function operator({ op, neg }: Condition): string | undefined {
  return neg === true ? negated[op] : op;
}

/** Whether a condition holds for a request to production; undefined where the request does not tell. */
export function holds(condition: Condition, asked: Asked): boolean | undefined {
  const answer = answerOf(condition, subjectOf(condition, asked));
  return answer === undefined || condition.neg !== true ? answer : !answer;
}

/** Null for what the request has not; undefined where it is not known whether. */
function subjectOf({ type, key = "" }: Condition, { method, path, headers, open }: Asked) {
  if (type === "user_agent" || type === "header") {
    const name = type === "header" ? key.toLowerCase() : "user-agent";
    return headers && (Object.hasOwn(headers, name) ? headers[name] : open ? undefined : null);
  }
  return { method, path, raw_path: path, environment: "production" }[type];
}

function answerOf(condition: Condition, subject: ReturnType<typeof subjectOf>): boolean | undefined {
  const { op } = condition;
  if (subject === undefined) return undefined;
  const absent = subject === null || subject === missing;
  if (op === "ex" || op === "nex") return absent === (op === "nex");
  if (subject === null) return op === "neq" || op === "ninc";
  if (subject === untold) return undefined;
  if (subject === missing) return op === "neq" || op === "ninc" ? undefined : false;
  if (subject === guessed || subject === right) return known(op, subject === right);
  const { value = "", values = [] } = condition;
  return compare(subject, op, value, values);
}

/** The answer of what compares with one secret: by no other operator is a value told from its beginning. */
function known(op: string, isRight: boolean): boolean | undefined {
  if (op === "eq" || op === "inc") return isRight;
  return op === "neq" || op === "ninc" ? !isRight : undefined;
}

/** Vercel compares without regard to case. */
function compare(subject: string, op: string, value: string, values: readonly string[]): boolean | undefined {
  const [is, wanted] = [subject.toLowerCase(), value.toLowerCase()];
  const within = values.some((v) => v.toLowerCase() === is);
  switch (op) {
    case "eq":
      return is === wanted;
    case "neq":
      return is !== wanted;
    case "pre":
      return is.startsWith(wanted);
    case "suf":
      return is.endsWith(wanted);
    case "sub":
      return is.includes(wanted);
    case "inc":
      return within;
    case "ninc":
      return !within;
    default:
      return undefined;
  }
}

/** Whether a rule is about a request: one of its groups is, of which every condition has to hold. */
export function isAbout({ conditionGroups }: FirewallRule, asked: Asked): boolean | undefined {
  const groups = conditionGroups.map(({ conditions }) => {
    const answers = conditions.map((condition) => holds(condition, asked));
    if (answers.includes(false)) return false;
    return answers.includes(undefined) ? undefined : true;
  });
  if (groups.includes(true)) return true;
  return groups.includes(undefined) ? undefined : false;
}

/**
 * The strictest limit on one customer that every one of these requests counts towards, in requests for `seconds`;
 * infinite where there is none.
 * @param customer what tells customers apart: with a second key a client has as many limits as it likes
 */
export function strictestLimit(
  config: Config,
  asked: readonly Asked[],
  seconds: number,
  customer: string,
): number {
  const limits = activeRules(config)
    .filter((rule) => rule.action.action === "rate_limit" && asked.every((a) => isAbout(rule, a) === true))
    .flatMap((rule) => rule.action.rateLimit ?? [])
    .filter(({ action }) => stopping.includes(action))
    .filter(({ keys = [] }) => keys.length === 1 && keys[0]?.toLowerCase() === customer)
    .map(({ limit, window }) => (limit * seconds) / window);
  return Math.min(Number.POSITIVE_INFINITY, ...limits);
}

/** What spares requests the rules and rulesets after it. */
export function bypasses(config: Config): readonly Violation[] {
  const byRule = activeRules(config)
    .filter(({ action }) => action.action === "bypass")
    .map(({ name }) => `the rule "${name}"`);
  const byAddress = (config.ipRules?.rules ?? [])
    .filter(({ action }) => action === "bypass")
    .map(({ ip }) => `the rule for ${ip}`);
  return [...byRule, ...byAddress].map((what) => ({
    observed: `${what} lets requests past the firewall`,
    wanted: "no bypass",
  }));
}

/** Whether a request is denied by a rule of the project's own; undefined where the rules do not tell. */
export function denied(config: Config, asked: Asked): boolean | undefined {
  const answers = activeRules(config)
    .filter(({ action }) => action.action === "deny")
    .map((rule) => isAbout(rule, asked));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Times a minute that one customer, or all together, may look at a page. */
const pageFloor = 30;

/**
 * What keeps ordinary customers, or the checks that stand for them, from the service.
 * @param pages what customers ask for
 */
export function keptOut(config: Config, pages: readonly Asked[]): readonly Found[] {
  const byRule = activeRules(config)
    .filter(({ action }) => ["deny", "challenge", "redirect"].includes(action.action))
    .filter((rule) => pages.some((page) => isAbout(rule, page) === true))
    .map(({ name }) => ({ observed: `the rule "${name}" keeps customers out`, wanted: "attacks alone" }));
  const byAddress = (config.ipRules?.rules ?? [])
    .filter(({ ip, action }) => action !== "log" && ip.endsWith("/0"))
    .map(({ ip }) => ({ observed: `the rule for ${ip} keeps everybody out`, wanted: "some addresses" }));
  const limited = pages
    .map((page) => ({ ...page, limit: strictestPageLimit(config, page) }))
    .filter(({ limit }) => limit < pageFloor)
    .map(({ method, path, limit }) => ({
      observed: `${path} takes ${limit} ${method} a minute`,
      wanted: `≥ ${pageFloor}`,
    }));
  const { botProtection } = config.managedRulesets ?? {};
  // Synthetic checks are bots that cannot pass a challenge.
  const bots =
    botProtection?.active !== false && (botProtection?.action ?? "log") !== "log"
      ? [{ doubt: "bot protection stops bots, synthetic checks among them" }]
      : [];
  return [...byRule, ...byAddress, ...limited, ...bots];
}

function strictestPageLimit(config: Config, page: Asked): number {
  const limits = activeRules(config)
    .filter((rule) => rule.action.action === "rate_limit" && isAbout(rule, page) === true)
    .flatMap(({ action }) => action.rateLimit ?? [])
    .filter(({ action }) => stopping.includes(action));
  return Math.min(Number.POSITIVE_INFINITY, ...limits.map(({ limit, window }) => (limit * 60) / window));
}
