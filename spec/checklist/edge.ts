import type { Rows } from "./row.ts";

export const edgeItems = {} as const satisfies Rows;
