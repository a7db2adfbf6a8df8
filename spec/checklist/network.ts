import type { Rows } from "./row.ts";

export const networkItems = {} as const satisfies Rows;
