/**
 * The way of an alert to people, read from what is declared: message → handle → PagerDuty service → escalation
 * policy → schedules and people. Each link has a rule of its own that tells where it is broken (ALERT-04 to
 * ALERT-06, ONC-01, ONC-12, ONC-18); the proofs look at alerts whose links all hold, so that one fault is told once.
 */
import { type Severity, severities } from "../../model/on-call/severities.ts";
import { rememberedOf } from "../remembered.ts";
import { linked, type Resource, type ResourceType, type Stack } from "../resource.ts";
import { type DeclaredAlert, declaredAlerts, pagedIn } from "./alert.ts";
import { tagOf } from "./monitoring.ts";
import {
  type contact,
  type dependency,
  type maintenance,
  policy,
  schedule,
  service,
  type team,
  user,
} from "./on-call.ts";

type ResourceOf<T> = T extends ResourceType<infer Props> ? Resource<Props> : never;
export type DeclaredPolicy = ResourceOf<typeof policy>;
export type DeclaredService = ResourceOf<typeof service>;
export type DeclaredSchedule = ResourceOf<typeof schedule>;
export type DeclaredMaintenance = ResourceOf<typeof maintenance>;
export type DeclaredDependency = ResourceOf<typeof dependency>;
export type DeclaredUser = ResourceOf<typeof user>;
export type DeclaredContact = ResourceOf<typeof contact>;
export type DeclaredTeam = ResourceOf<typeof team>;

/** An alert with everything that it sets in motion. */
export interface Chain {
  readonly alert: DeclaredAlert;
  readonly severity: Severity;
  /** Of its own severity. */
  readonly service: DeclaredService;
  readonly policy: DeclaredPolicy;
  /** What else it opens an incident of. */
  readonly beside: readonly DeclaredService[];
}

/** The alerts of a stack that reach a policy, in the order of their declaration. */
export const chainsOf = rememberedOf(readChains);

/** What an alert watches: a service's name, or the platform. */
export function subjectOf({ alert }: Chain): string | undefined {
  return tagOf(alert.resource as Resource<{ tags?: readonly string[] }>, "service");
}

/** Those that watch the same. Each service asks for each kind of outage: looking through all would be quadratic. */
export function chainsAbout(subject: string | undefined, stack: Stack): readonly Chain[] {
  return bySubject(stack).get(subject) ?? [];
}

const bySubject = rememberedOf((stack: Stack) => Map.groupBy(chainsOf(stack), subjectOf));

function readChains(stack: Stack): readonly Chain[] {
  const services = new Map(stack.ofType(service).map((s) => [s.props.name, s]));
  return declaredAlerts(stack).flatMap((alert): readonly Chain[] => {
    const severity = severities.find((known) => known.toLowerCase() === alert.severity);
    const [own] = pagedIn(alert.handles);
    const target = services.get(own);
    const [escalation] = target ? linked(target as Resource, "escalationPolicy", policy) : [];
    if (!target || !severity || !escalation) return [];
    const beside = alert.handles.flatMap((name) => (name === own ? [] : (services.get(name) ?? [])));
    return [{ alert, severity, service: target, policy: escalation, beside }];
  });
}

/** The schedules of a policy's levels. Which is whose level, ids would tell, and they are not known before deployment. */
export function schedulesOf(escalation: DeclaredPolicy): readonly DeclaredSchedule[] {
  return linked(escalation as Resource, "rules", schedule);
}

/** Everybody whom a policy can reach: those whom its levels name, and those who take turns. */
export function peopleOf(escalation: DeclaredPolicy): ReadonlySet<DeclaredUser> {
  const named = linked(escalation as Resource, "rules", user);
  const turns = schedulesOf(escalation).flatMap((rota) => linked(rota as Resource, "layers", user));
  return new Set([...named, ...turns]);
}

/** Seconds until each level has been told, from when PagerDuty has the incident; the first is told at once. */
export function levelSeconds({ props }: DeclaredPolicy): readonly number[] {
  let told = 0;
  return props.rules.map(({ escalationDelayInMinutes }) => {
    const now = told;
    told += escalationDelayInMinutes * 60;
    return now;
  });
}
