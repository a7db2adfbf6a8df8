/** By how much the changes of a plan move a month's bill, at list prices. */
import { type Dollars, nothing, plus } from "../../model/prices/price.ts";
import { bills, type Inputs } from "./bills.ts";
import { chargesOf, priced } from "./cost.ts";

interface Changed {
  readonly operation: string;
  readonly type: string;
  readonly before: Inputs;
  readonly after: Inputs;
}

export interface Movement {
  readonly usd: Dollars;
  /** Changes of which no price is known before or afterwards. */
  readonly unknown: number;
}

/** @param region of the stack */
export function movementOf(changes: readonly Changed[], region: string): Movement {
  let usd = nothing;
  let unknown = 0;
  for (const { operation, type, before, after } of changes) {
    if (!(type in bills)) continue;
    const was = operation === "create" || operation === "import" ? nothing : amountOf(type, before, region);
    const is = operation === "delete" ? nothing : amountOf(type, after, region);
    if (!was || !is) unknown += 1;
    else usd = plus(usd, [is[0] - was[0], is[1] - was[1]]);
  }
  return { usd, unknown };
}

function amountOf(type: string, inputs: Inputs, region: string): Dollars | undefined {
  const charges = chargesOf(type, inputs);
  if (typeof charges === "string") return undefined;
  const amounts = charges.map((charge) => priced(charge, region).usd);
  return amounts.every((amount) => amount !== null) ? amounts.reduce(plus, nothing) : undefined;
}
