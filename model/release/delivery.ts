/** What a team's deliveries come to: DORA's four figures, from what each release says of itself. */

/** One fact of a release, told once. */
export type DeliveryFact = {
  /** The release and the fact: told twice, it is still one. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
} & (
  | { readonly kind: "deployed"; readonly leadSeconds: Readonly<Record<string, number>> }
  | { readonly kind: "failed" }
  | { readonly kind: "restored"; readonly seconds: number }
);

export interface Delivery {
  readonly deployments: number;
  readonly perWeek: number;
  /** Medians, in seconds; null where nothing was measured. */
  readonly leadSeconds: number | null;
  readonly restoreSeconds: number | null;
  /** In percent of the deployments; null where there was none. */
  readonly failurePercent: number | null;
}

const dayMs = 86_400_000;

/** @param days how far it looks back */
export function deliveryOf(facts: readonly DeliveryFact[], now: Date, days: number): Delivery {
  const recent = facts.filter(({ at }) => {
    const age = now.getTime() - Date.parse(at);
    return age >= 0 && age <= days * dayMs;
  });
  const deployed = recent.filter((fact) => fact.kind === "deployed");
  const failures = recent.filter((fact) => fact.kind === "failed");
  const restored = recent.filter((fact) => fact.kind === "restored");
  const { length } = deployed;
  return {
    deployments: length,
    perWeek: (length * 7) / days,
    leadSeconds: median(deployed.flatMap(({ leadSeconds }) => Object.values(leadSeconds))),
    restoreSeconds: median(restored.map(({ seconds }) => seconds)),
    failurePercent: length === 0 ? null : (100 * failures.length) / length,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
