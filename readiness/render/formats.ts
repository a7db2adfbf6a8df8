/** The formats of a report. */

export const formats = ["text", "json"] as const;
export type Format = (typeof formats)[number];
