/** A line of another standard, and the items that speak to it. */
import type { ItemId } from "../checklist.ts";

export interface Control {
  /** The standard's own. */
  readonly id: string;
  /** In our words: the standards' texts are not ours to print. */
  readonly about: string;
  /** Those alone that show something of what it asks. */
  readonly items: readonly ItemId[];
}

export interface Framework {
  readonly name: string;
  /** What it is called where its lines are named beside others'. */
  readonly short: string;
  /** Its edition, and where it is to be had. */
  readonly source: string;
  readonly controls: readonly Control[];
}

export function control(id: string, about: string, ...items: readonly ItemId[]): Control {
  return { id, about, items };
}
