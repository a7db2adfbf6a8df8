/** What a service's evidence is held against: the stack's config, and the release. */
import type { Environment, Need } from "../../../model/checklist/needs.ts";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { servedHosts } from "../../../model/evidence/dns-records.ts";
import type { Scope } from "../../../model/evidence/scope.ts";
import { platform } from "../../../model/on-call/routing.ts";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { defaultServiceLevels } from "../../../model/service-levels/targets.ts";
import type { Release, ReleasedService } from "../release.ts";
import { subjectName } from "./statement.ts";

export type EvidenceSpec = Pick<
  StackSpec,
  "product" | "stack" | "tier" | "domain" | "repository" | "services" | "onCall" | "edge"
>;

/** A service, or the platform, as it is released. */
export interface Frame {
  readonly service: string;
  /** As statements name it. */
  readonly subject: string;
  readonly commit: string;
  readonly deployment: string | null;
  readonly scope: Omit<Scope, "host">;
  readonly domain: string;
  /** Where that domain is. */
  readonly environments: readonly Environment[];
}

/** Everybody who can be on call, at whatever hour. */
export function peopleOnCall({ onCall }: Pick<EvidenceSpec, "onCall">): readonly string[] {
  const { primary, backup, shifts } = onCall;
  return [...new Set([primary, backup, ...shifts.flatMap((s) => [s.primary, s.backup ?? []])].flat())];
}

/** Whose evidence an item needs. */
export function serviceNames(need: Need, spec: EvidenceSpec): readonly string[] {
  return need.of === "platform" ? [platform] : spec.services.map(({ name }) => name);
}

/** Nothing where the release does not have the service. */
export function frameOf(service: string, spec: EvidenceSpec, release: Release): Frame | undefined {
  if (service === platform)
    return frame(service, spec, { commit: release.commit, deployment: null, authors: [] });
  const released = Object.hasOwn(release.services, service) ? release.services[service] : undefined;
  return released && frame(service, spec, released);
}

export function frame(service: string, spec: EvidenceSpec, released: ReleasedService): Frame {
  const own = spec.services.find(({ name }) => name === service);
  const vault = (role: string) => `${spec.product}-${role}-${spec.stack}`;
  return {
    service,
    subject: subjectName(own?.repository ?? spec.repository, service),
    commit: released.commit,
    deployment: released.deployment,
    domain: spec.domain,
    environments: spec.tier === "production" ? ["prod"] : ["staging", "prod"],
    scope: {
      levels: own?.serviceLevels ?? defaultServiceLevels,
      pages: Object.values(own?.pages ?? {}),
      hosts: servedHosts(spec),
      onCall: peopleOnCall(spec),
      vaults: [vault("backups"), vault("backups-copy")],
      recovery: recoveryLevels[spec.tier],
      authors: released.authors,
    },
  };
}

export function scopeIn(environment: Environment, { scope, domain, environments }: Frame): Scope {
  return { ...scope, host: environments.includes(environment) ? domain : null };
}
