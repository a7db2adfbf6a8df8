/** Where a path lies. */
import { isAbsolute, relative, sep } from "node:path";

/** Whether a path is a folder or something in it. */
export function within(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
