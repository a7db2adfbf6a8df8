import type { Rows } from "./row.ts";

export const backupsItems = {} as const satisfies Rows;
