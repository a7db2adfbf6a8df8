/** What is done to a statement of a policy document: what it allows grows, what it denies shrinks. */
import type { Change } from "./operators.ts";
import type { Fields } from "./places.ts";

const outsider = "arn:aws:iam::999999999999:root";

export function statementChanges(statement: Fields): Change[] {
  const changes = statement["Effect"] === "Deny" ? denialChanges(statement) : grantChanges(statement);
  return changes.filter(([, value]) => JSON.stringify(value) !== JSON.stringify(statement));
}

function grantChanges(statement: Fields): Change[] {
  const { Condition: condition, ...unconditional } = statement;
  return [
    ["Effect reversed", { ...statement, Effect: "Deny" }],
    ...replacing(statement, "Action", "widened", "*"),
    ...replacing(statement, "Resource", "widened", "*"),
    ...replacing(statement, "Principal", "widened", "*"),
    ...(condition ? [["Condition deleted", unconditional] as const] : []),
    ...conditionKeys(condition).map(
      ([test, key, others]): Change => [
        `Condition ${key} deleted`,
        { ...statement, Condition: { ...(condition as Fields), [test]: others } },
      ],
    ),
  ];
}

function denialChanges(statement: Fields): Change[] {
  const exempt = { StringNotEquals: { "aws:PrincipalAccount": "999999999999" } };
  const condition = statement["Condition"] as Fields | undefined;
  return [
    ["Effect reversed", { ...statement, Effect: "Allow" }],
    ...replacing(statement, "Action", "narrowed", "sts:GetCallerIdentity"),
    ...replacing(statement, "Resource", "narrowed", "arn:aws:s3:::foreign"),
    ...replacing(statement, "Principal", "narrowed", { AWS: outsider }),
    ["Condition added", { ...statement, Condition: { ...condition, ...exempt } }],
  ];
}

/** Another value for a part, or for the one that says what it is not. */
function replacing(statement: Fields, part: string, how: string, value: unknown): Change[] {
  const { [`Not${part}`]: _, ...others } = statement;
  return part in statement || `Not${part}` in statement
    ? [[`${part} ${how}`, { ...others, [part]: value }]]
    : [];
}

/** Each key, under its operator, with the operator's other keys. */
function conditionKeys(condition: unknown): (readonly [test: string, key: string, others: Fields])[] {
  return Object.entries((condition ?? {}) as Record<string, Fields>).flatMap(([test, keys]) =>
    Object.keys(keys).map((key) => {
      const { [key]: _, ...others } = keys;
      return [test, key, others] as const;
    }),
  );
}
