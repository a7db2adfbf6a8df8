/** What the installed SDKs say of resource types. */
import { bodiesIn, Fields } from "./fields.ts";
import { declarationsOf, installedPackages, nestedDeclarationsOf, typesOf } from "./packages.ts";

export class Sdk {
  readonly #packages = installedPackages();
  readonly #fields = new Map<string, Fields | undefined>();
  readonly #nested = new Map<string, ReadonlyMap<string, string>>();

  #types: readonly string[] | undefined;

  /** Every resource type of every SDK. */
  get types(): readonly string[] {
    this.#types ??= this.#packages.flatMap(typesOf);
    return this.#types;
  }

  /** The type's inputs; undefined where no SDK here has the type. */
  fieldsOf(type: string): Fields | undefined {
    if (!this.#fields.has(type)) {
      const declarations = declarationsOf(this.#packages, type);
      const fields = declarations && new Fields(type, declarations, () => this.#nestedOf(type));
      this.#fields.set(type, fields || undefined);
    }
    return this.#fields.get(type);
  }

  #nestedOf(type: string): ReadonlyMap<string, string> {
    const provider = type.split(":")[0] ?? "";
    const bodies = this.#nested.get(provider) ?? bodiesIn(nestedDeclarationsOf(this.#packages, type));
    this.#nested.set(provider, bodies);
    return bodies;
  }
}
