/** Reads AWS policy documents, which programs give as objects and AWS as JSON. */

/** A statement; a part that is not known before the deployment throws when it is read. */
export interface PolicyStatement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  /** Every action but these. */
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  /** Operator to condition key to values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a document; none where there is no document. */
export function statementsOf(document: unknown): readonly PolicyStatement[] {
  const { Statement = [] } = (typeof document === "string" ? JSON.parse(document) : (document ?? {})) as {
    readonly Statement?: PolicyStatement | readonly PolicyStatement[];
  };
  return [Statement].flat();
}

/** A value that a document may write alone or in a list. */
export function listed(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : [value].flat();
}

/** The resources that a statement spells out; those that it takes from other resources are not known yet. */
export function literalResources(statement: PolicyStatement): readonly string[] {
  return literals(() => statement.Resource);
}

/** Of a value that a document may write alone or in a list, what is known. */
export function literals(read: () => string | readonly string[] | undefined): readonly string[] {
  const values = ifKnown(read) ?? [];
  if (typeof values === "string") return [values];
  return Array.from({ length: values.length }, (_, i) => ifKnown(() => values[i]) ?? []).flat();
}

function ifKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    // The policy SDK's error for a value that is not known yet; its types do not export the class.
    if (error instanceof Error && "unknownTypeSentinel" in error) return undefined;
    throw error;
  }
}
