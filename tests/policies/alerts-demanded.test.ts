/** No alert can be lost unnoticed: without its monitors or checks, a rule of the pack fails. */
import { expect, it } from "vitest";
import { platformAlerts, serviceAlerts } from "../../model/alerts/catalogue.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { type Registration, toStack } from "../../readiness/engine/registration.ts";
import { fixtureStacks } from "./support/fixture-stacks.ts";

const ids = Object.keys({ ...serviceAlerts, ...platformAlerts });
const isOf = (alert: string) => (r: Registration) =>
  [r.props["tags"]].flat().includes(`alert:${alert}`) && r.type.startsWith("datadog:");

/** Ids of the rules that fail a stack without this alert. */
function missing(alert: string): readonly string[] {
  const without = fixtureStacks.prod.filter((r) => !isOf(alert)(r));
  return evaluate(rules, toStack("prod", without)).flatMap((f) => (f.outcome === "fail" ? [f.by] : []));
}

/** Alerts on what nothing but the config names: a service's jobs leave no other trace in what is declared. */
const undemanded = ["heartbeat-missed"];
/** Alerts that this stack has nothing to watch by; a rule of their name still demands them where there is. */
const absent = ids.filter((id) => !fixtureStacks.prod.some(isOf(id)));
const present = ids.filter((id) => !absent.includes(id) && !undemanded.includes(id));

it.each(present)("%s is demanded by a rule", (id) => {
  expect(missing(id)).not.toEqual([]);
});

it.each(absent.filter((id) => !undemanded.includes(id)))(
  "%s, which this stack has not, is demanded by a rule of its name",
  (id) => {
    expect(rules.map((rule) => rule.id)).toContain(`${id}-alerted`);
  },
);

it.each(undemanded)("%s is the exception that it is said to be", (id) => {
  expect(ids).toContain(id);
  expect(missing(id)).toEqual([]);
});
