/** Whether policy documents permit an action, as IAM decides it: some statement allows it and none denies it. */
import { listed, type PolicyStatement } from "./policy-document.ts";

export interface Request {
  /** Such as `iam:CreateRole`; `rds:*` asks for everything of a service. */
  readonly action: string;
  readonly region: string;
  /** What is acted upon, where its name is known; without one only a grant for every resource counts. */
  readonly name?: string | undefined;
}

/** A denial stands, and a grant does not, where a statement is limited in a way that is not understood here. */
export function decide(
  statements: readonly PolicyStatement[],
  request: Request,
): "allowed" | "denied" | "missing" {
  if (statements.some((s) => s.Effect === "Deny" && applies(s, request) !== false)) return "denied";
  return statements.some((s) => s.Effect === "Allow" && applies(s, request) === true) ? "allowed" : "missing";
}

/** Whether a statement is about an action. */
export function names({ Action }: PolicyStatement, action: string): boolean {
  return listed(Action).some((pattern) => covers(pattern, action));
}

/** Undefined where that depends on more than the request tells. */
function applies(statement: PolicyStatement, request: Request): boolean | undefined {
  let certain = true;
  // In this order: the resources of a statement about something else may not be known yet.
  for (const part of [actionApplies, conditionApplies, resourceApplies]) {
    const answer = part(statement, request);
    if (answer === false) return false;
    certain &&= answer === true;
  }
  return certain || undefined;
}

function actionApplies({ Action, NotAction }: PolicyStatement, { action }: Request): boolean | undefined {
  const patterns = listed(NotAction ?? Action);
  const whole = patterns.some((pattern) => covers(pattern, action));
  const part = patterns.some((pattern) => overlaps(pattern, action));
  if (NotAction) return part ? (whole ? false : undefined) : true;
  return whole ? true : part ? undefined : false;
}

function resourceApplies({ Resource }: PolicyStatement, { action, name }: Request): boolean | undefined {
  const arns = listed(Resource);
  if (arns.includes("*")) return true;
  if (arns.length === 0) return undefined;
  const [service = ""] = action.split(":");
  const ofService = arns.filter((arn) => overlaps(arn.split(":")[2] ?? "", service));
  if (ofService.length === 0) return false;
  return name === undefined
    ? undefined
    : ofService.some((arn) => covers(arn.split(/[:/]/).at(-1) ?? "", name));
}

function conditionApplies({ Condition = {} }: PolicyStatement, { region }: Request): boolean | undefined {
  const tests = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const equal = listed(values as string | readonly string[]).includes(region);
      if (key === "aws:RequestedRegion" && operator === "StringEquals") return equal;
      if (key === "aws:RequestedRegion" && operator === "StringNotEquals") return !equal;
      // Whether a role has its boundary is for the rule `roles-bounded` to tell.
      return key === "iam:PermissionsBoundary" ? true : undefined;
    }),
  );
  if (tests.includes(false)) return false;
  return tests.includes(undefined) ? undefined : true;
}

/** Whether everything that matches `text`, which may have wildcards itself, matches `pattern`. */
function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^$()[\]{}|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(text);
}

/** Whether something matches both patterns. */
function overlaps(a: string, b: string): boolean {
  if (a === "" && b === "") return true;
  if (a.startsWith("*")) return overlaps(a.slice(1), b) || (b !== "" && overlaps(a, b.slice(1)));
  if (b.startsWith("*")) return overlaps(b, a);
  const same = a[0] === "?" || b[0] === "?" || a[0]?.toLowerCase() === b[0]?.toLowerCase();
  return a !== "" && b !== "" && same && overlaps(a.slice(1), b.slice(1));
}
