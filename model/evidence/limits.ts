/** When measures hold, by kind: a new kind has to say so too. */
import * as operations from "./limits/operations.ts";
import * as site from "./limits/site.ts";
import * as software from "./limits/software.ts";
import type { Measure } from "./measure.ts";
import type { Fault, Judge, Scope } from "./scope.ts";

type Judges = { readonly [K in Measure["kind"]]: Judge<Extract<Measure, { readonly kind: K }>> };

const judges: Judges = {
  tests: software.tests,
  coverage: software.coverage,
  lint: software.lint,
  command: software.command,
  vulnerabilities: software.vulnerabilities,
  bundle: software.bundle,
  accessibility: site.accessibility,
  transport: site.transport,
  headers: site.headers,
  performance: site.performance,
  load: site.load,
  migrations: operations.migrations,
  "query-plans": operations.queryPlans,
  restore: operations.restore,
  rollback: operations.rollback,
  drill: operations.drill,
  "security-review": operations.securityReview,
  "alert-history": operations.alertHistory,
  records: site.records,
  "watch-10m": site.watched(10),
  "watch-1h": site.watched(60),
};

/** What is wrong with the measures of one kind; a proof without any of them falls short too. */
export function faultOf(
  kind: Measure["kind"],
  measures: readonly Measure[],
  scope: Scope,
): Fault | undefined {
  const runs = measures.filter((measure) => measure.kind === kind);
  if (runs.length === 0) return { observed: `nothing of the kind ${kind} is in it`, wanted: "there" };
  // The filter above is what the type asks for.
  return (judges[kind] as Judge<Measure>)(runs, scope);
}
