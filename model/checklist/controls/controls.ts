/** Which lines of other standards an item speaks to. */
import type { ItemId } from "../checklist.ts";
import { reviews, wellArchitected } from "./aws.ts";
import type { Framework } from "./control.ts";
import { iso27001 } from "./iso27001.ts";
import { soc2 } from "./soc2.ts";

export const frameworks: readonly Framework[] = [reviews, wellArchitected, soc2, iso27001];

/** The lines that an item speaks to, such as `SOC 2 A1.2`. */
export function controlsOf(item: ItemId): readonly string[] {
  return frameworks.flatMap(({ short, controls }) =>
    controls.filter(({ items }) => items.includes(item)).map(({ id }) => `${short} ${id}`),
  );
}
