/** One outage is one call: what a SEV1 rings for opens the incidents of lesser severities too, and first. */
import type { DeclaredService } from "../../declared/chain.ts";
import { type Outage, outages, wordOf } from "../../declared/detection.ts";
import { responseMinutes, severityOf } from "../../declared/on-call.ts";
import { type Incident, storyOf, type Told, toldOf } from "../../declared/story.ts";
import type { Resource, Stack } from "../../resource.ts";
import type { Violation } from "../../rule.ts";

/** The first kind of outage that calls somebody twice. */
export function calledAgain(subject: string, stack: Stack): readonly Violation[] | undefined {
  const faults = outages.map((outage) => {
    const split = splitStory(subject, outage, stack);
    return split.length > 0 ? split : restless(subject, outage, stack);
  });
  return faults.find(({ length }) => length > 0);
}

/**
 * Of each severity that rings, one incident within its response time: whoever is answering it is not called again by
 * what else tells of the outage. What fires later may be another fault.
 */
function splitStory(subject: string, outage: Outage, stack: Stack): readonly Violation[] {
  return [...ringing(storyOf(subject, outage, stack))].flatMap(([service, [first, ...others]]) => {
    if (!first) return [];
    const answered = first.alerts[0].after + responseMinutes[severityOf(service) ?? "SEV1"] * 60;
    const more = others.filter(({ alerts: [opened] }) => opened.after < answered);
    const last = more.at(-1)?.alerts[0];
    if (!last) return [];
    return [
      {
        resource: service as Resource,
        observed:
          `an outage of ${subject} that ${wordOf[outage]} opens ${more.length + 1} incidents, ` +
          `the last by ${last.chain.alert.resource.name} after ${last.after} s`,
        wanted: "one, which the others join",
      },
    ];
  });
}

/** The incidents of each service that rings, by day at least: those of SEV4 never do. */
function ringing(story: readonly Incident[]): ReadonlyMap<DeclaredService, readonly Incident[]> {
  return Map.groupBy(
    story.filter(({ service }) => isRinging(service)),
    ({ service }) => service,
  );
}

function isRinging(service: DeclaredService): boolean {
  return ["SEV1", "SEV2", "SEV3"].includes(severityOf(service) ?? "");
}

/**
 * Whatever opens an incident of a lesser severity before the SEV1 that opens one of each at once: it is answered, and
 * the SEV1, which joins none, calls again. Nothing where no SEV1 notices the outage, of which another rule tells.
 */
function restless(subject: string, outage: Outage, stack: Stack): readonly Violation[] {
  const told = toldOf(subject, outage, stack);
  const [first] = told.filter(({ chain }) => chain.severity === "SEV1");
  if (!first) return [];
  const lesser = told.filter(
    ({ chain: { service } }) => service !== first.chain.service && isRinging(service),
  );
  return [...Map.groupBy(lesser, ({ chain }) => chain.service)].flatMap(([service, alerts]) => {
    const opens = ({ chain }: Told) => chain.severity === "SEV1" && chain.beside.includes(service);
    const opener = told.find(opens);
    const name = service.props.name ?? service.name;
    if (!opener) {
      const [next] = alerts;
      return [
        {
          resource: first.chain.alert.resource,
          observed: `in an outage of ${subject} that ${wordOf[outage]} it rings, and ${name} rings again for ${next?.chain.alert.resource.name}`,
          wanted: `it opens the incident of ${name} at once with its own`,
        },
      ];
    }
    const early = told.filter(
      (one) => !opens(one) && (one.chain.severity === "SEV1" || alerts.includes(one)),
    );
    return early
      .filter((one) => one.earliest < opener.latest)
      .map((one) => ({
        resource: one.chain.alert.resource,
        observed:
          `in an outage of ${subject} that ${wordOf[outage]} it may ring after ${one.earliest} s, and ` +
          `${opener.chain.alert.resource.name} again after ${opener.latest} s`,
        wanted: one.chain.severity === "SEV1" ? `it opens the incident of ${name} too` : "the SEV1 first",
      }));
  });
}
