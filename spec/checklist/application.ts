import type { Rows } from "./row.ts";

export const applicationItems = {} as const satisfies Rows;
