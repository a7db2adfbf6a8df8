/** Looking at data of which some parts are known to be wrong, without looking at those parts. */

/** The data has an issue of its own where one tried to read it. */
export class Unreadable extends Error {}

type Path = readonly PropertyKey[];

/** A view of `data`, to any depth, in which reading a wrong part throws `Unreadable`. */
export function readable<T extends object>(data: T, wrong: readonly Path[]): T {
  const faults = new Set(wrong.map(pathKey));
  const view = <Part extends object>(part: Part, at: Path): Part =>
    new Proxy(part, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        const path = [...at, key];
        if (typeof key === "string" && faults.has(pathKey(path))) throw new Unreadable();
        return typeof value === "object" && value !== null ? view(value, path) : value;
      },
    });
  return view(data, []);
}

function pathKey(path: Path): string {
  return JSON.stringify(path.map(String));
}
