/** What is done to one value: every way of weakening that its shape allows. */

import { unknownValue } from "../engine/wire.ts";
import { foreign, opposite, widening } from "./foreign.ts";
import { type Fields, isFields, isStatement, nothing } from "./places.ts";

/** The operator, a participle, and what comes into the value's place. */
export type Change = readonly [operator: string, value: unknown];

/**
 * @param key what it stands under
 * @param element it is one of a list
 */
export function changesOf(value: unknown, key: string, element: boolean): Change[] {
  if (isStatement(value)) return [["dropped", nothing], ...statementChanges(value)];
  return [[element ? "dropped" : "deleted", nothing], ...otherChanges(value, key)];
}

function otherChanges(value: unknown, key: string): Change[] {
  switch (typeof value) {
    case "boolean":
      return [["flipped", !value]];
    case "number":
      return numberChanges(value);
    case "string":
      return stringChanges(value, key);
    default:
      return containerChanges(value, key);
  }
}

function numberChanges(value: number): Change[] {
  const changes: Change[] = [
    ["zero", 0],
    ["very large", 1_000_000_000],
    ["very small", Number.isInteger(value) ? 1 : value / 1000],
  ];
  return changes.filter(([, other]) => other !== value);
}

function stringChanges(value: string, key: string): Change[] {
  if (value === "") return [];
  const changes: Change[] = value === unknownValue ? [] : [["emptied", ""]];
  const other = foreign(value, key);
  if (other !== undefined && other !== value) changes.push(["foreign", other]);
  const reverse = opposite(value);
  if (reverse !== undefined) changes.push(["reversed", reverse]);
  if (/^\d+(\.\d+)?$/.test(value)) {
    changes.push(...numberChanges(Number(value)).map(([name, n]) => [name, String(n)] as const));
  }
  return changes;
}

function containerChanges(value: unknown, key: string): Change[] {
  if (Array.isArray(value)) {
    const emptied: Change[] = value.length > 0 ? [["emptied", []]] : [];
    return [...emptied, ["widened", [...value, widening(value, key)]]];
  }
  return isFields(value) && Object.keys(value).length > 0 ? [["emptied", {}]] : [];
}

/** By path within the statement. */
function statementChanges(statement: Fields): Change[] {
  const set = (fields: Fields) => ({ ...statement, ...fields });
  const { Condition: condition, ...unconditional } = statement;
  if (statement["Effect"] === "Deny") {
    return [
      ["Effect reversed", set({ Effect: "Allow" })],
      ["Action narrowed", set({ Action: "sts:GetCallerIdentity", NotAction: undefined })],
      ["Resource narrowed", set({ Resource: "arn:aws:s3:::foreign", NotResource: undefined })],
      ["Principal narrowed", set({ Principal: { AWS: "arn:aws:iam::999999999999:root" } })],
      [
        "Condition added",
        set({ Condition: { ...(condition as Fields), StringEquals: { "aws:PrincipalTag/exempt": "no" } } }),
      ],
    ];
  }
  const conditions = Object.entries((condition ?? {}) as Record<string, Fields>);
  return [
    ["Effect reversed", set({ Effect: "Deny" })],
    ["Action widened", set({ Action: "*" })],
    ["Resource widened", set({ Resource: "*" })],
    ...("Principal" in statement ? [["Principal widened", set({ Principal: "*" })] as const] : []),
    ...(condition ? [["Condition deleted", unconditional] as const] : []),
    ...conditions.flatMap(([test, keys]) =>
      Object.keys(keys).map((key): Change => {
        const { [key]: _, ...others } = keys;
        const rest = { ...(condition as Fields), [test]: others };
        return [`Condition ${key} deleted`, set({ Condition: rest })];
      }),
    ),
  ];
}
