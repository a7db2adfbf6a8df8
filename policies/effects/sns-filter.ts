/** Which messages a subscription lets through: SNS Developer Guide, "Amazon SNS subscription filter policies". */

type Attributes = Readonly<Record<string, string>>;

/**
 * Whether a message with these attributes passes a filter, all of it where there is none; undefined where that depends
 * on an attribute that is not told, or on an operator that is not understood.
 */
export function passesFilter(policy: unknown, attributes: Attributes): boolean | undefined {
  const filter = (typeof policy === "string" ? JSON.parse(policy) : (policy ?? {})) as Readonly<
    Record<string, unknown>
  >;
  const answers = Object.entries(filter).map(([name, conditions]) => {
    const value = attributes[name];
    return value === undefined ? undefined : any([conditions].flat().map((c) => meets(c, value)));
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function meets(condition: unknown, value: string): boolean | undefined {
  if (typeof condition !== "object" || condition === null) return condition === value;
  const [[operator, operand] = []] = Object.entries(condition);
  switch (operator) {
    case "anything-but": {
      const found = any([operand].flat().map((c) => meets(c, value)));
      return found === undefined ? undefined : !found;
    }
    case "prefix":
      return value.startsWith(String(operand));
    case "suffix":
      return value.endsWith(String(operand));
    case "equals-ignore-case":
      return value.toLowerCase() === String(operand).toLowerCase();
    case "exists":
      return operand === true;
    default:
      return undefined;
  }
}

function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}
