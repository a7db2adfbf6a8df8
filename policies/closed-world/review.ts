/**
 * Which types of resources, and which of their properties, somebody has looked at: those that rules read, which is
 * measured (`npm run closed-world`), those that have no bearing on readiness, and those for which a team answers.
 */
import { exceptions } from "./exceptions.ts";
import readPaths from "./read.json" with { type: "json" };
import referencePaths from "./references.json" with { type: "json" };

/** A row of `reviewed.yaml`: what a team adds and answers for. */
export interface TeamRow {
  readonly type: string;
  /** The type with all that it declares where absent. */
  readonly path?: string | undefined;
  readonly reason: string;
  readonly owner: string;
}

/** What rules read of each type, in one text, as the tables keep it. */
type Table = Readonly<Record<string, string>>;

const read = pathsByType(readPaths);
const references = pathsByType(referencePaths);

function pathsByType(table: Table): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    Object.entries(table).map(([type, paths]) => [type, new Set(paths.split(" ").filter(Boolean))]),
  );
}

/** Whether a rule reads anything of a type. */
export function hasRules(type: string): boolean {
  return (read.get(type)?.size ?? 0) > 0;
}

/** Whether in the stacks that the rules were made for, another resource's output stands at a path. */
export function isReference(type: string, path: string): boolean {
  return references.get(type)?.has(path) ?? false;
}

export class Review {
  readonly #rows: ReadonlyMap<string, readonly Pick<TeamRow, "path">[]>;
  /** By type and path. */
  readonly #answers = new Map<string, Map<string, boolean>>();

  constructor(team: readonly TeamRow[] = []) {
    this.#rows = Map.groupBy<string, { type: string; path?: string | undefined }>(
      [...exceptions, ...team],
      ({ type }) => type,
    );
  }

  hasType(type: string): boolean {
    return read.has(type) || this.#rows.has(type);
  }

  /** @param path as `leavesOf` gives it */
  hasPath(type: string, path: string): boolean {
    const answers = this.#answers.get(type) ?? new Map<string, boolean>();
    this.#answers.set(type, answers);
    const answer = answers.get(path) ?? this.#covers(type, path);
    answers.set(path, answer);
    return answer;
  }

  #covers(type: string, path: string): boolean {
    const rows = this.#rows.get(type) ?? [];
    if (rows.some((row) => row.path === undefined || row.path === path || path.startsWith(`${row.path}.`))) {
      return true;
    }
    const paths = read.get(type) ?? new Set<string>();
    const hasParts = (whole: string) => [...paths].some((part) => part.startsWith(`${whole}.`));
    // A rule that asked for a map where there was none looks at what it would find there, unless it is known which
    // parts it looks at; one that reads what a document says looks at the document, however it is written.
    return (
      paths.has(path) ||
      ancestors(path).some((above) => paths.has(above) && !hasParts(above)) ||
      hasParts(path)
    );
  }
}

/** `a.b.c`, `a.b`, `a`. */
function ancestors(path: string): readonly string[] {
  const steps = path.split(".");
  return steps.map((_, i) => steps.slice(0, steps.length - i).join("."));
}
