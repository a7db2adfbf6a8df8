/** What an account has answered before to what a program looks up: provider functions, and resources that it reads. */
import { AsyncLocalStorage } from "node:async_hooks";
import { runtime } from "./sdk.ts";
import type { WireObject } from "./wire.ts";

export interface Lookup {
  readonly kind: "function" | "resource";
  /** Of the function or the resource's type. */
  readonly token: string;
  /** Name of the explicit provider that is asked; empty where it is the default one. */
  readonly provider: string;
  /** A function's arguments; of a resource its `id`. */
  readonly args: WireObject;
}

/** Nothing where there is no answer that counts. */
export type Answers = (lookup: Lookup) => WireObject | undefined;

export const noAnswers: Answers = () => undefined;

const plain = new AsyncLocalStorage<true>();
const { invoke } = runtime;

// A function's plain form gives values and no outputs: it has no way to say that something is not known.
runtime.invoke = (...args: Parameters<typeof invoke>) => plain.run(true, () => invoke(...args));

/** Whether the function that is being answered was called in its plain form. */
export function isPlainCall(): boolean {
  return plain.getStore() ?? false;
}
