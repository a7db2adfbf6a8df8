/** What two stacks of a project cannot both have. */

import type { ItemId } from "../checklist/checklist.ts";
import { overlaps } from "../cidr.ts";
import { teamHandles } from "../on-call/chat.ts";
import { pagerDutyService, platform } from "../on-call/routing.ts";
import { severities } from "../on-call/severities.ts";
import type { Keys } from "./error.ts";
import { partitionOf } from "./regions.ts";
import type { StackSpec } from "./stack-spec.ts";

export interface Collision {
  readonly item: ItemId;
  /** Where it stands in the config of the stack that is asked about. */
  readonly keys: Keys;
  /** What both have. */
  readonly found: string;
  /** Follows "must be". */
  readonly wanted: string;
}

type Compare = (own: StackSpec, other: StackSpec) => Iterable<Collision>;

/** Everything in which a stack collides with another one of the project. */
export function collisions(own: StackSpec, other: StackSpec): readonly Collision[] {
  return comparisons.flatMap((compare) => [...compare(own, other)]);
}

const comparisons: readonly Compare[] = [
  function* domain(own, other) {
    if (own.domain !== other.domain) return;
    yield {
      item: "EDGE-13",
      keys: ["readiness:domain"],
      found: own.domain,
      wanted: "another domain: the edge serves it for one stack alone",
    };
  },

  function* account(own, other) {
    if (own.awsAccount.id !== other.awsAccount.id) return;
    yield {
      item: "GOV-15",
      keys: ["readiness:awsAccount", "id"],
      found: own.awsAccount.id,
      wanted: "another account: one holds GitHub and a Vercel team as identity providers once, for one stack",
    };
  },

  function* networks(own, other) {
    // Nothing is peered from one partition to another.
    if (partitionOf(own.region) !== partitionOf(other.region)) return;
    const theirs = rangesOf(other).map(([, range]) => range);
    for (const [key, range] of rangesOf(own)) {
      const keys = ["readiness:network", key];
      const taken = theirs.find((their) => overlaps(range, their));
      if (taken === undefined) continue;
      const found = taken === range ? range : `${range}, which overlaps ${taken}`;
      yield { item: "NET-05", keys, found, wanted: "apart, so that any two of these networks can be peered" };
    }
  },

  function* peering(own, other) {
    const id = peeringOf(own);
    if (id === undefined || id !== peeringOf(other)) return;
    const wanted = "the peering of this stack's own networks";
    yield { item: "NET-05", keys: ["readiness:network", "peeringConnectionId"], found: id, wanted };
  },

  function* people(own, other) {
    const theirs = new Set(other.people.map(({ email }) => email.toLowerCase()));
    for (const [i, { email }] of own.people.entries()) {
      if (!theirs.has(email.toLowerCase())) continue;
      const wanted = "another address, such as one with +stack before the @: PagerDuty knows each once";
      yield { item: "PAGE-02", keys: ["readiness:people", i, "email"], found: email, wanted };
    }
  },

  function* chatChannel(own, other) {
    const { chat, monitoring } = own;
    if (chat.kind === "none" || monitoring.site !== other.monitoring.site) return;
    if (teamHandles(own)[0] !== teamHandles(other)[0]) return;
    yield {
      item: "ALERT-07",
      keys: ["readiness:chat", chat.kind === "slack" ? "channel" : "handle"],
      found: chat.kind === "slack" ? chat.channel : chat.handle,
      wanted: "another: Datadog keeps each once, for one stack",
    };
  },

  function* names(own, other) {
    const theirs = new Set(namesOf(other));
    const [shared] = namesOf(own).filter((name) => theirs.has(name));
    if (shared === undefined) return;
    const wanted = "another product, or a stack of another name, so that nothing of both is called alike";
    yield { item: "ONC-32", keys: ["readiness:product"], found: `the name of the ${shared}`, wanted };
  },
];

/** Address ranges that a peering would have to tell apart, by their keys. */
function rangesOf({ network }: StackSpec): readonly (readonly [key: string, range: string])[] {
  if (network.kind === "none" || network.cidr === undefined) return [];
  const own = ["cidr", network.cidr] as const;
  return network.kind === "secure-compute"
    ? [own, ["privateNetworkCidr", network.privateNetworkCidr]]
    : [own];
}

function peeringOf({ network }: StackSpec): string | undefined {
  return network.kind === "secure-compute" ? network.peeringConnectionId : undefined;
}

/** Names that are unique in an account or team. Those with random letters at their end cannot collide. */
function namesOf({ product, stack, services, vercel }: StackSpec): readonly string[] {
  return [
    `team ${product}-${stack} in PagerDuty`,
    `database ${product}-db-${stack} in AWS`,
    `cache ${product}-cache-${stack} in AWS`,
    `vault ${product}-backups-${stack} in AWS`,
    `vault ${product}-backups-copy-${stack} in AWS`,
    ...services.map(({ name }) => `project ${name}-${stack} in Vercel's team ${vercel.teamId}`),
    ...[...services.map(({ name }) => name), platform].flatMap((service) =>
      severities.map(
        (severity) => `service ${pagerDutyService({ product, service, stack, severity })} in PagerDuty`,
      ),
    ),
  ];
}
