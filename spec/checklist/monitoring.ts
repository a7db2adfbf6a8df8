import type { Rows } from "./row.ts";

export const monitoringItems = {} as const satisfies Rows;
