/**
 * What a Datadog metric expression computes (Datadog, "Metrics: Querying", "Functions"): series, numbers,
 * arithmetic and functions. What it does not know it refuses, so that nobody takes it for understood.
 */

/** One condition of a scope: `key:value`, or `!key:value`. */
export interface Filter {
  readonly key: string;
  readonly value: string;
  readonly negated: boolean;
}

export interface Series {
  readonly kind: "series";
  /** How the values of a moment are combined, such as `avg` or `p95`. */
  readonly aggregate: string;
  readonly metric: string;
  readonly filters: readonly Filter[];
  /** Tags that it is grouped by. */
  readonly by: readonly string[];
  /** `as_count`, `rollup` and the like, with their arguments. */
  readonly functions: readonly Call[];
}

interface Call {
  readonly name: string;
  readonly args: readonly string[];
}

export type Expression =
  | Series
  | { readonly kind: "number"; readonly value: number }
  | {
      readonly kind: "arithmetic";
      readonly operator: string;
      readonly operands: readonly [Expression, Expression];
    }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly of: Expression;
      /** The rest of its arguments as they are written: `'agile'`, `3`, `direction='both'`. */
      readonly args: readonly string[];
    };

/** Nothing where it is not an expression that this reader knows. */
export function parseExpression(text: string): Expression | undefined {
  const reader = new Reader(text);
  try {
    const expression = reader.sum();
    return reader.rest() === "" ? expression : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Every series of an expression, in the order of the text. */
export function seriesIn(expression: Expression): readonly Series[] {
  switch (expression.kind) {
    case "series":
      return [expression];
    case "number":
      return [];
    case "function":
      return seriesIn(expression.of);
    case "arithmetic":
      return expression.operands.flatMap(seriesIn);
  }
}

/**
 * A scope such as `env:prod,service:portal,!http.status_class:5xx`; nothing where it is more than a list. A
 * dashboard's variables, `$version`, are for whoever looks at it to choose.
 */
export function parseScope(scope: string): readonly Filter[] | undefined {
  if (/\b(AND|OR|NOT|IN)\b|[()]/.test(scope)) return undefined;
  const parts = scope
    .split(",")
    .map((part) => part.trim())
    .filter((part) => !part.startsWith("$"));
  if (parts.join() === "*") return [];
  const filters = parts.map((part) => /^(!?)([\w@./-]+):(.+)$/.exec(part));
  return filters.every((found) => found !== null)
    ? filters.map(([, sign, key = "", value = ""]) => ({ key, value, negated: sign === "!" }))
    : undefined;
}

class Unreadable extends Error {}

const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/i;
const series =
  /^(avg|sum|min|max|count|last|p\d+(?:\.\d+)?):([a-zA-Z][\w.]*)\{([^{}]*)\}(?:\s+by\s+\{([^{}]*)\})?/;

class Reader {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  rest(): string {
    return this.#text.trim();
  }

  sum(): Expression {
    return this.#chain(/^[+-]/, () => this.#chain(/^[*/]/, () => this.#factor()));
  }

  /** Operands between operators of one rank, from the left. */
  #chain(operators: RegExp, operand: () => Expression): Expression {
    let left = operand();
    for (let operator = this.#take(operators); operator; operator = this.#take(operators)) {
      left = { kind: "arithmetic", operator: operator[0], operands: [left, operand()] };
    }
    return left;
  }

  #factor(): Expression {
    if (this.#take(/^\(/)) {
      const inner = this.sum();
      this.#demand(/^\)/);
      return inner;
    }
    const found = this.#take(series);
    if (found) return this.#seriesOf(found);
    const value = this.#take(number);
    if (value) return { kind: "number", value: Number(value[0]) };
    const [, name = ""] = this.#demand(/^([a-z_][\w]*)\(/);
    const of = this.sum();
    return { kind: "function", name, of, args: this.#argumentsToEnd() };
  }

  #seriesOf([, aggregate = "", metric = "", scope = "", by]: RegExpExecArray): Series {
    const filters = parseScope(scope);
    if (!filters) throw new Unreadable();
    const functions: Call[] = [];
    for (
      let call = this.#take(/^\.([a-z_]+)\(([^()]*)\)/);
      call;
      call = this.#take(/^\.([a-z_]+)\(([^()]*)\)/)
    ) {
      const [, name = "", args = ""] = call;
      functions.push({ name, args: args === "" ? [] : args.split(",").map((arg) => arg.trim()) });
    }
    const groups = by === undefined ? [] : by.split(",").map((tag) => tag.trim());
    return { kind: "series", aggregate, metric, filters, by: groups, functions };
  }

  #argumentsToEnd(): readonly string[] {
    const args: string[] = [];
    while (this.#take(/^,/)) args.push(this.#demand(/^(?:\w+\s*=\s*)?(?:'[^']*'|"[^"]*"|[\w.-]+)/)[0]);
    this.#demand(/^\)/);
    return args;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    this.#text = this.#text.trimStart();
    const found = pattern.exec(this.#text);
    if (found) this.#text = this.#text.slice(found[0].length);
    return found;
  }

  #demand(pattern: RegExp): RegExpExecArray {
    const found = this.#take(pattern);
    if (!found) throw new Unreadable();
    return found;
  }
}
