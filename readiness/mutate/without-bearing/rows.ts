/** Mutants that no rule has to notice, and why. */

export interface WithoutBearing {
  readonly type: string;
  readonly path: string;
  readonly operators: readonly string[];
  readonly reason: string;
}

/** Operators by type and path; the path is empty where the resource as a whole is meant. */
export type Rows = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const gone = ["deleted", "emptied"];

export function because(reason: string, rows: Rows): readonly WithoutBearing[] {
  return Object.entries(rows).flatMap(([type, paths]) =>
    Object.entries(paths).map(([path, operators]) => ({ type, path, operators, reason })),
  );
}

/** Paths below a place. */
export function under(place: string, paths: Rows[string]): Rows[string] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, operators]) => [`${place}.${path}`, operators]),
  );
}
