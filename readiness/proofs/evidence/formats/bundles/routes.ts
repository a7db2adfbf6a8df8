/** Routes and what they load, as every format of bundles lists them. */
import type { BundleMeasure, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

/** @param mend what to do where a route loads nothing */
export function bundle(routes: BundleMeasure["routes"], mend: string): BundleMeasure | Unreadable {
  if (routes.length === 0) return { problem: `no route was measured: ${mend}` };
  const names = routes.map(({ route }) => route);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    return { problem: `${oneLine(twice)} is there twice, must be there once: ${mend}` };
  }
  const empty = routes.find(({ bytes }) => bytes === 0);
  if (empty) return { problem: `${oneLine(empty.route)} has 0 bytes, no file was measured: ${mend}` };
  return { kind: "bundle", routes: routes.map((r) => ({ ...r, route: oneLine(r.route) })) };
}
