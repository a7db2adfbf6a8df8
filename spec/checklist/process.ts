import type { Rows } from "./row.ts";

export const processItems = {} as const satisfies Rows;
