/** What a log says of deliveries: when production was deployed, failed, and was well again. */
import type { DeliveryFact } from "../../../model/release/delivery.ts";
import { isLive } from "../../../model/release/phases.ts";
import { exitStatus } from "../../exit-status.ts";
import { type Current, releasesOf } from "../log/current.ts";
import type { Entry } from "../log/entry.ts";

/** @param services those of the stack, whatever a release names */
export function factsOf(entries: readonly Entry[], services: readonly string[]): readonly DeliveryFact[] {
  return releasesOf(entries).flatMap((release) => factsOfRelease(release, services));
}

function factsOfRelease(release: Current, services: readonly string[]): readonly DeliveryFact[] {
  const facts: DeliveryFact[] = [];
  let { subject } = release.opened.fact;
  let failed: { readonly step: string; readonly at: string } | undefined;
  for (const { fact, at, entry } of release.entries) {
    const id = `${release.id}/${entry}`;
    if (fact.event === "changed") subject = fact.subject;
    else if (fact.event === "ended" && fact.step === "production.deploy" && fact.status === exitStatus.go) {
      const leads = services.map((name) => {
        const written = subject.services[name]?.committedAt ?? subject.committedAt;
        return [name, seconds(written, at)] as const;
      });
      facts.push({ id, at, kind: "deployed", leadSeconds: Object.fromEntries(leads) });
    } else if (fact.event === "ended" && isLive(fact.step)) {
      if (fact.status === exitStatus.noGo && failed === undefined) {
        failed = { step: fact.step, at };
        facts.push({ id, at, kind: "failed" });
      } else if (fact.status === exitStatus.go && failed?.step === fact.step) {
        facts.push({ id, at, kind: "restored", seconds: seconds(failed.at, at) });
        failed = undefined;
      }
    } else if (fact.event === "closed" && fact.outcome === "rolled back" && facts.length > 0) {
      // What somebody took back before anything had seen it fail has failed since nobody knows when.
      facts.push(
        failed ? { id, at, kind: "restored", seconds: seconds(failed.at, at) } : { id, at, kind: "failed" },
      );
    }
  }
  return facts;
}

function seconds(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
