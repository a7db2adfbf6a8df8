/** Nothing can be lost unnoticed: without an alert of the catalogue, or a component, some rule of the pack fails. */
import { describe, expect, it } from "vitest";
import { platformAlerts, serviceAlerts } from "../../model/alerts/catalogue.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { type Registration, toStack } from "../../readiness/engine/registration.ts";
import { fixtureStacks } from "./support/fixture-stacks.ts";

const intact = new Set(failing(fixtureStacks.prod));

function failing(registrations: readonly Registration[]): readonly string[] {
  const findings = evaluate(rules, toStack("prod", registrations));
  return findings.flatMap((f) => (f.outcome === "fail" ? [f.by] : []));
}

/** Ids of the rules that fail for the lack of some resources, and of whatever is inside them. */
function demanding(lost: (registration: Registration) => boolean): readonly string[] {
  const gone = new Set<string | undefined>();
  // A parent is registered before its children.
  const left = fixtureStacks.prod.filter((r) => {
    const isGone = lost(r) || gone.has(r.parent);
    if (isGone) gone.add(r.urn);
    return !isGone;
  });
  return failing(left).filter((rule) => !intact.has(rule));
}

describe("the alert", () => {
  const ids = Object.keys({ ...serviceAlerts, ...platformAlerts });
  const isOf = (id: string) => (r: Registration) =>
    [r.props["tags"]].flat().includes(`alert:${id}`) && r.type.startsWith("datadog:");

  /** On what nothing but the config names: a service's jobs leave no other trace in what is declared. */
  const undemanded = ["heartbeat-missed"];
  /** Alerts that this stack has nothing to watch by; a rule of their name still demands them where there is. */
  const absent = ids.filter((id) => !undemanded.includes(id) && !fixtureStacks.prod.some(isOf(id)));
  const present = ids.filter((id) => !undemanded.includes(id) && !absent.includes(id));

  it.each(present)("%s is demanded by a rule", (id) => {
    expect(demanding(isOf(id))).not.toEqual([]);
  });

  it.each(absent)("%s, which this stack has not, is demanded by a rule of its name", (id) => {
    expect(rules.map((rule) => rule.id)).toContain(`${id}-alerted`);
  });

  it.each(undemanded)("%s is the exception that it is said to be", (id) => {
    expect(ids).toContain(id);
    expect(demanding(isOf(id))).toEqual([]);
  });
});

describe("the component", () => {
  const components = fixtureStacks.prod.filter(({ type }) => type.startsWith("readiness:"));
  const inside = new Set(components.map(({ urn }) => urn));
  /** Those that index.ts composes; what is inside another is that one's matter. */
  const composed = components.filter(({ parent }) => !inside.has(parent ?? "")).map(({ type }) => type);

  it.each([...new Set(composed)])("%s is demanded by a rule", (type) => {
    expect(demanding((r) => r.type === type)).not.toEqual([]);
  });
});
