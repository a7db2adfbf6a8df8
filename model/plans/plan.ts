/** What vendors sell, and which of it a team has. */

/** Plans, the dearest last: each offers what those before it do. */
export const ladders = {
  vercel: ["hobby", "pro", "enterprise"],
  pagerduty: ["free", "professional", "business", "enterprise"],
  sentry: ["developer", "team", "business", "enterprise"],
  neon: ["free", "launch", "scale"],
  supabase: ["free", "pro", "team", "enterprise"],
} as const;

/** Of vendors whom every stack has. Of the others a team names the plan where it has one. */
type Everybodys = "vercel" | "pagerduty";

/** What is bought beside a plan, or by itself. */
export const products = {
  pagerdutyAddOns: ["aiops"],
  datadog: ["apm", "ci-visibility", "incident-management", "logs", "rum", "synthetics"],
} as const;

type Ladders = typeof ladders;
type Products = typeof products;

/** The plans of a team, by the keys of its config. */
export type TeamPlans = { readonly [L in Everybodys]: Ladders[L][number] } & {
  readonly [L in Exclude<keyof Ladders, Everybodys>]?: Ladders[L][number] | undefined;
} & {
  readonly [P in keyof Products]: readonly Products[P][number][];
};

/** The least that offers something: a plan, or a product. */
export type Offer =
  | { readonly [L in keyof Ladders]: { readonly of: L; readonly plan: Ladders[L][number] } }[keyof Ladders]
  | {
      readonly [P in keyof Products]: { readonly of: P; readonly plan: Products[P][number] };
    }[keyof Products];

/**
 * How sure it is that a feature is of a plan. `cited`: the vendor says so. `weak`: a page of the vendor that is old, or
 * somebody else's. `guess`: nobody has read it anywhere. Only what is cited is a fact.
 */
export type Confidence = "cited" | "weak" | "guess";

export interface Feature {
  /** As a sentence names it. */
  readonly name: string;
  /** The least plan or product with it, or the dearest plan where nobody found out; nothing where there is no such plan. */
  readonly offer: Offer | undefined;
  readonly confidence: Confidence;
  /** Where it was read, and as of when; of a guess or of nothing, why. */
  readonly source: string;
  /** Types of the resources that use it. */
  readonly types: readonly string[];
  /** Which of them do; all where absent. */
  readonly uses?: (props: Readonly<Record<string, unknown>>) => boolean;
  /** So many of them need no such plan; none where absent. */
  readonly beyond?: number;
  /** The nearest that lesser plans offer. */
  readonly instead?: string;
}

/** Names of vendors and of what they sell. */
const vendors: Readonly<Record<Offer["of"], string>> = {
  vercel: "Vercel's plan",
  pagerduty: "PagerDuty's plan",
  sentry: "Sentry's plan",
  neon: "Neon's plan",
  supabase: "Supabase's plan",
  pagerdutyAddOns: "PagerDuty's add-on",
  datadog: "Datadog's product",
};

/** Such as `Vercel's plan enterprise`. */
export function offerName({ of, plan }: Offer): string {
  return `${vendors[of]} ${plan}`;
}

/** What a team has of the kind, such as `pro` or `apm, logs`. */
export function ownName({ of }: Offer, plans: TeamPlans): string {
  const own: string | readonly string[] = plans[of] ?? [];
  return typeof own === "string" ? own : own.join(", ") || "none";
}

/** Whether the team has said what it has of the kind. */
export function isNamed(plans: TeamPlans, { of }: Offer): boolean {
  return plans[of] !== undefined;
}

/** Whether what a team has includes it. */
export function has(plans: TeamPlans, { of, plan }: Offer): boolean {
  const own: string | readonly string[] = plans[of] ?? [];
  if (typeof own !== "string") return own.includes(plan);
  const ladder: readonly string[] = Object.entries(ladders).find(([vendor]) => vendor === of)?.[1] ?? [];
  return ladder.indexOf(own) >= ladder.indexOf(plan);
}
