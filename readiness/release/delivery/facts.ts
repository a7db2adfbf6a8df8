/** What a log says of deliveries: when production was deployed, failed, and was well again. */
import type { DeliveryFact } from "../../../model/release/delivery.ts";
import { isLive, rollbackStep } from "../../../model/release/phases.ts";
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
    if (fact.event === "changed") subject = fact.subject;
    if (fact.event !== "ended") continue;
    const id = `${release.id}/${entry}`;
    const went = fact.status === exitStatus.go;
    if (fact.step === "production.deploy" && went) {
      const leads = services.map((name) => {
        const written = subject.services[name]?.committedAt ?? subject.committedAt;
        return [name, seconds(written, at)] as const;
      });
      facts.push({ id, at, kind: "deployed", leadSeconds: Object.fromEntries(leads) });
    } else if (failed === undefined && isLive(fact.step) && fact.status === exitStatus.noGo) {
      failed = { step: fact.step, at };
      facts.push({ id, at, kind: "failed" });
    } else if (failed && went && [failed.step, rollbackStep].includes(fact.step)) {
      facts.push({ id, at, kind: "restored", seconds: seconds(failed.at, at) });
      failed = undefined;
    } else if (went && fact.step === rollbackStep) {
      // Somebody took it back before anything else had seen that it fails: nobody knows since when it did.
      facts.push({ id, at, kind: "failed" });
    }
  }
  return facts;
}

function seconds(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
