/** The inputs of a resource type, as its SDK declares them. */
/** What a value may be; undefined where the SDK takes anything. */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" }
  | { readonly kind: "list" | "map"; readonly of: Shape }
  | { readonly kind: "fields"; readonly name: string }
  | undefined;

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
  /** The value that its absence stands for, where the SDK's documentation says so. */
  readonly standard: string | undefined;
}

/** The bodies of interfaces by their name, such as `iam.RoleInlinePolicy`. */
type Bodies = ReadonlyMap<string, string>;

export class Fields {
  readonly #type: string;
  readonly #bodies: Bodies;
  readonly #nested: () => Bodies;
  readonly #parsed = new Map<string, readonly Field[]>();

  /**
   * @param declarations of the resource's class
   * @param nested declarations of what inputs nest; asked for once somebody needs them
   */
  constructor(type: string, declarations: string, nested: () => Bodies) {
    this.#type = `${type.split(":").at(-1)}Args`;
    this.#bodies = bodiesIn(declarations);
    this.#nested = nested;
  }

  /** The resource's own. */
  get top(): readonly Field[] {
    return this.#parse(this.#type, this.#bodies);
  }

  of(shape: Shape): readonly Field[] {
    return shape?.kind === "fields" ? this.#parse(shape.name, this.#nested()) : [];
  }

  /** What stands at a path; undefined where the SDK does not tell. */
  at(path: readonly (string | number)[]): Field | undefined {
    let fields = this.top;
    let field: Field | undefined;
    for (const step of path) {
      if (field?.shape?.kind === "list" || field?.shape?.kind === "map") {
        field = { name: "", required: false, shape: field.shape.of, standard: undefined };
      } else field = fields.find(({ name }) => name === step);
      if (!field) return undefined;
      fields = this.of(field.shape);
    }
    return field;
  }

  #parse(name: string, bodies: Bodies): readonly Field[] {
    const known = this.#parsed.get(name);
    if (known) return known;
    const fields = fieldsIn(bodies.get(name) ?? "");
    this.#parsed.set(name, fields);
    return fields;
  }
}

const heads = /^export declare namespace (\w+) \{|^ *(?:export )?interface (\w+) \{/gm;

export function bodiesIn(declarations: string): Bodies {
  const bodies = new Map<string, string>();
  let namespace = "";
  for (const { 0: head, 1: opening, 2: name, index } of declarations.matchAll(heads)) {
    if (opening !== undefined) namespace = `${opening}.`;
    if (name === undefined) continue;
    const indent = /^ */.exec(head)?.[0] ?? "";
    const end = declarations.indexOf(`\n${indent}}`, index);
    bodies.set(`${indent === "" ? "" : namespace}${name}`, declarations.slice(index + head.length, end));
  }
  return bodies;
}

const member = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^ +(\w+)(\??): ((?:\{[^}]*\}|[^;{])+);/gm;
/** Alone in its sentence: what follows would be a condition. */
const documented = /\b[Dd]efaults? (?:to|is|value is) [`"']*([\w-]+)[`"']*\s*(?:\.|\*?$|\n)/;

function fieldsIn(body: string): readonly Field[] {
  return [...body.matchAll(member)].map(([, comment = "", name = "", optional, type = ""]) => ({
    name,
    required: optional !== "?",
    shape: shapeOf(type),
    standard: documented.exec(comment)?.[1],
  }));
}

function shapeOf(written: string): Shape {
  const type = written.replace(/ \| undefined\b/g, "").trim();
  const input = /^pulumi\.Input<([\s\S]*)>$/.exec(type)?.[1];
  if (input !== undefined && balanced(input)) return shapeOf(input);
  const element = /^([\s\S]*)\[\]$/.exec(type)?.[1];
  if (element !== undefined) return { kind: "list", of: shapeOf(element) };
  const values = /^\{\s*\[key: string\]: ([\s\S]*);\s*\}$/.exec(type)?.[1];
  if (values !== undefined) return { kind: "map", of: shapeOf(values) };
  const nested = /\binputs\.([\w.]+)/.exec(type)?.[1];
  if (nested !== undefined) return { kind: "fields", name: nested };
  const kind = (["string", "number", "boolean"] as const).find((k) => new RegExp(`\\b${k}\\b`).test(type));
  return kind && { kind };
}

/** `A> | pulumi.Input<B` closes what it has not opened. */
function balanced(type: string): boolean {
  let depth = 0;
  for (const c of type) {
    if (c === "<") depth += 1;
    if (c === ">") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
