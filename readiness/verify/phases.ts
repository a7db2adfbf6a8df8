/** One look, and how long after it a site is watched. */
export const phases = ["smoke", "10m", "1h", "24h"] as const;
export type Phase = (typeof phases)[number];
