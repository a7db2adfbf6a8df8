import type { Rows } from "./row.ts";

export const onCallItems = {} as const satisfies Rows;
