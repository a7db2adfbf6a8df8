import type { Rows } from "./row.ts";

export const cacheItems = {} as const satisfies Rows;
