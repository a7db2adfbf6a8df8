/** Policy documents of AWS, read whole: IAM User Guide, "IAM JSON policy element reference". */
import { whenKnown } from "../unknown-value.ts";

/** What another resource will give, such as its ARN: only known during the deployment. */
export const later = Symbol("only known during the deployment");
export type Text = string | typeof later;

export interface Statement {
  readonly effect: string;
  /** None in a policy of a role. */
  readonly principals: Among<Principal> | undefined;
  readonly actions: Among<string>;
  readonly resources: Among<Text>;
  /** All of them have to hold. */
  readonly conditions: readonly Condition[];
}

export interface Among<T> {
  /** Everything but these. */
  readonly not: boolean;
  readonly of: readonly T[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`. */
  readonly kind: string;
  readonly name: Text;
}

/** One key of one operator, such as `ForAnyValue:StringLikeIfExists`. */
export interface Condition {
  /** In small letters, without what stands before and behind: `stringlike`. */
  readonly operator: string;
  readonly set: "forallvalues" | "foranyvalue" | undefined;
  readonly ifExists: boolean;
  /** In small letters: `aws:sourcearn`. */
  readonly key: string;
  /** One of them has to match. */
  readonly values: readonly Text[];
}

type Written = Readonly<Record<string, unknown>>;

/**
 * The statements of a document, which programs give as an object and AWS as JSON; none where there is no document.
 * What a statement does has to be known; whom it names may be known `later`.
 */
export function readDocument(document: unknown): readonly Statement[] {
  const { Statement = [] } = (
    typeof document === "string" ? JSON.parse(document) : (document ?? {})
  ) as Written;
  return [Statement].flat().map((statement) => readStatement(statement as Written));
}

function readStatement(s: Written): Statement {
  const principals = s["NotPrincipal"] ?? s["Principal"];
  return {
    effect: String(s["Effect"]),
    principals:
      principals === undefined
        ? undefined
        : { not: s["NotPrincipal"] !== undefined, of: readPrincipals(principals) },
    actions: readList(s, "Action", known),
    resources: readList(s, "Resource", texts),
    conditions: Object.entries((s["Condition"] ?? {}) as Written).flatMap(([operator, keys]) =>
      Object.keys(keys as Written).map((key) => readCondition(operator, key, keys as Written)),
    ),
  };
}

function readList<T extends Text>(s: Written, element: string, read: (of: () => unknown) => readonly T[]) {
  const not = `Not${element}` in s && s[`Not${element}`] !== undefined;
  return { not, of: read(() => s[not ? `Not${element}` : element]) };
}

function readPrincipals(written: unknown): readonly Principal[] {
  if (typeof written === "string") return [{ kind: "AWS", name: written }];
  return Object.keys(written as Written).flatMap((kind) =>
    texts(() => (written as Written)[kind]).map((name) => ({ kind, name })),
  );
}

function readCondition(operator: string, key: string, keys: Written): Condition {
  const [, set, base = "", ifExists] =
    /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  return {
    operator: base,
    set: set as Condition["set"],
    ifExists: ifExists !== undefined,
    key: key.toLowerCase(),
    values: texts(() => keys[key]),
  };
}

/** Of a value that a document may write alone or in a list. */
export function texts(read: () => unknown): readonly Text[] {
  let isKnown = false;
  const value = whenKnown(() => {
    const found = read();
    isKnown = true;
    return found;
  });
  if (!isKnown) return [later];
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [String(value)];
  return Array.from({ length: value.length }, (_, i) => texts(() => value[i])).flat();
}

/** The same where all of it is known; throws where a part is not. */
export function known(read: () => unknown): readonly string[] {
  return [read() ?? []].flat().map(String);
}
