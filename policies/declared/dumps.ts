/** Dumps of a database that somebody else runs, and who takes them. */
import type { Resource } from "../resource.ts";

/** The component that keeps them: what stands in it is judged by rules of its own. */
const dumpStore = "readiness:index:DumpStore";

/** Belongs to the store of dumps: its bucket, its key, and the role of the job. */
export function isOfDumps({ parent }: Resource<unknown>): boolean {
  return parent !== undefined && (parent.type === dumpStore || isOfDumps(parent));
}
