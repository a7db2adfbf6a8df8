import type { Rows } from "./row.ts";

export const governanceItems = {} as const satisfies Rows;
