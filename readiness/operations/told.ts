/** What could be told of a stack, or why it could not. */
import { isUnknownValue } from "../../policies/unknown-value.ts";

export type Told<T> =
  | { readonly value: T; readonly reason: null }
  | { readonly value: null; readonly reason: string };

/** What cannot be told of a stack that is declared otherwise stops no report: rules say what is wrong with it. */
export function told<T>(tell: () => T): Told<T> {
  try {
    return { value: tell(), reason: null };
  } catch (error) {
    if (isUnknownValue(error)) return untold("it depends on what only the deployment tells");
    return untold(error instanceof Error ? error.message : String(error));
  }
}

export function untold(reason: string): { readonly value: null; readonly reason: string } {
  return { value: null, reason };
}
