/** What is done to a statement of a policy document: what it allows grows, what it denies shrinks. */
import type { Change, Fields } from "./places.ts";

/** Nobody in this stack is of it. */
const account = "999999999999";

/** Operator to condition key to values. */
type Condition = Readonly<Record<string, Fields>>;

export function statementChanges(statement: Fields): Change[] {
  const changes = statement["Effect"] === "Deny" ? denialChanges(statement) : grantChanges(statement);
  return changes.filter(([, value]) => JSON.stringify(value) !== JSON.stringify(statement));
}

function grantChanges(statement: Fields): Change[] {
  const { Condition: _, ...unconditional } = statement;
  const condition = statement["Condition"] as Condition | undefined;
  return [
    ["Effect reversed", { ...statement, Effect: "Deny" }],
    ...replacing(statement, "Action", "widened", "*"),
    ...replacing(statement, "Resource", "widened", "*"),
    ...replacing(statement, "Principal", "widened", "*"),
    ...(condition ? [["Condition deleted", unconditional] as const] : []),
    ...narrower(condition ?? {}).map(([name, Condition]): Change => [name, { ...statement, Condition }]),
  ];
}

function denialChanges(statement: Fields): Change[] {
  const { StringEquals: equal, ...others } = (statement["Condition"] ?? {}) as Condition;
  const outsiders = { ...others, StringEquals: { ...equal, "aws:PrincipalAccount": account } };
  return [
    ["Effect reversed", { ...statement, Effect: "Allow" }],
    ...replacing(statement, "Action", "narrowed", "sts:GetCallerIdentity"),
    ...replacing(statement, "Resource", "narrowed", "arn:aws:s3:::foreign"),
    ...replacing(statement, "Principal", "narrowed", { AWS: `arn:aws:iam::${account}:root` }),
    ["Condition added", { ...statement, Condition: outsiders }],
  ];
}

/** Another value for a part, or for the one that says what it is not. */
function replacing(statement: Fields, part: string, how: string, value: unknown): Change[] {
  const { [`Not${part}`]: _, ...others } = statement;
  return part in statement || `Not${part}` in statement
    ? [[`${part} ${how}`, { ...others, [part]: value }]]
    : [];
}

/** The condition without each of its keys; without its only one there would be none. */
function narrower(condition: Condition): Change[] {
  const keys = Object.entries(condition).flatMap(([test, tested]) =>
    Object.keys(tested).map((key) => [test, key] as const),
  );
  return keys.length < 2
    ? []
    : keys.map(([test, key]) => [`Condition ${key} deleted`, without(condition, test, key)]);
}

function without(condition: Condition, test: string, key: string): Condition {
  const { [test]: tested = {}, ...others } = condition;
  const { [key]: _, ...left } = tested;
  return Object.keys(left).length > 0 ? { ...others, [test]: left } : others;
}
