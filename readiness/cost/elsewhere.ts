/** What is billed for parts that a vendor of their own has: data, errors and records that are elsewhere. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { TeamPlans } from "../../model/plans/plan.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import type { Charge } from "./bills.ts";

interface Billed extends Charge {
  readonly component: string;
  readonly of: readonly Resource[];
}

/** @param database as the config has it; where nobody has read one, what a database elsewhere is billed by is not known */
export function billedElsewhere(
  stack: Stack,
  { sentry, ...plans }: TeamPlans,
  database: StackSpec["database"] | undefined,
): readonly Billed[] {
  const { declared, resources } = stack;
  const typed = (type: RegExp) => resources.filter((resource) => type.test(resource.type));
  return [
    ...(declared.parts.database.kind === "external"
      ? dataCharges(database, plans).map((charge) => ({
          component: "Database",
          of: typed(/^vercel:index\/project:/),
          ...charge,
        }))
      : []),
    {
      component: "Error tracking",
      of: typed(/^sentry:index\/sentryProject:/),
      what: sentry ? `Sentry's plan ${sentry}, of the organisation` : "Sentry, of the organisation",
      price: sentry ? `sentry ${sentry}` : "sentry plan",
      quantity: 1,
    },
    {
      component: "Edge",
      of: typed(/^cloudflare:/),
      what: "the zone at Cloudflare",
      price: "cloudflare zone",
      quantity: 1,
    },
  ];
}

function dataCharges(
  database: StackSpec["database"] | undefined,
  { neon, supabase }: Pick<TeamPlans, "neon" | "supabase">,
): readonly Charge[] {
  const { provider, computeUnits, storageGiB } = database?.kind === "external" ? database : {};
  if (provider === "supabase" && supabase !== undefined)
    return [{ what: `Supabase's plan ${supabase}`, price: `supabase ${supabase}`, quantity: 1 }];
  if (provider !== "neon" || neon === undefined)
    return [{ what: "PostgreSQL at its provider", price: "external database", quantity: 1 }];
  if (neon === "free") return [{ what: "Neon's plan free", price: "neon free", quantity: 1 }];
  if (computeUnits === undefined || storageGiB === undefined)
    return [{ what: `PostgreSQL by Neon's plan ${neon}`, price: "neon size", quantity: 1 }];
  return [
    {
      what: `${computeUnits} of Neon's compute units, by its plan ${neon}`,
      price: `neon ${neon} compute`,
      quantity: computeUnits,
    },
    { what: `${storageGiB} GB at Neon`, price: "neon storage", quantity: storageGiB },
  ];
}
