/** An alert: its row in the catalogue, and what the row becomes in a stack. */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import type { Severity } from "../on-call/severities.ts";
import type { PartNeeds } from "../parts.ts";
import type { DashboardName, RunbookPage } from "./links.ts";
import type { Signal } from "./signal.ts";

interface Facts {
  /** What is wrong when it fires, such as `the database's CPU is busy`. */
  readonly title: string;
  /** What it means for customers, now or soon. */
  readonly meaning: string;
  readonly severity: Severity;
  /** The page that says what to do, under a heading of the alert's id. */
  readonly runbook: RunbookPage;
  /** Where to look first. */
  readonly dashboard: DashboardName;
  /** Title of the graph that draws it there; alerts of one title are lines of one graph. None for checks and SLOs. */
  readonly graph?: string;
  /** Whose weekly maintenance window mutes it; never what pages for an outage. See maintenance.ts. */
  readonly maintenance?: "database";
  /** The kinds of parts with which it is there; with all where absent. */
  readonly needs?: PartNeeds;
}

/** An alert that each service has; none where `signals` gives none. */
export interface ServiceRow extends Facts {
  readonly signals: (service: ServiceSpec, spec: StackSpec) => readonly Signal[];
}
export type ServiceRows = Readonly<Record<string, ServiceRow>>;

/** An alert on what the services share: data stores, edge, backups. */
export interface PlatformRow extends Facts {
  readonly signals: (spec: StackSpec) => readonly Signal[];
}
export type PlatformRows = Readonly<Record<string, PlatformRow>>;

/** One alert of one stack, with its final numbers. */
export interface Alert<S extends Signal = Signal> extends Facts {
  readonly id: string;
  /** The service's name, or `platform`. */
  readonly subject: string;
  /** The team that mends what it tells of: the service's, or the stack's. */
  readonly owner: string;
  /** Distinct in the stack, such as `portal-uptime-page-login`. */
  readonly key: string;
  readonly signal: S;
}

/** Whether an alert's signal is of one of some kinds. */
export function isOfKind<Kind extends Signal["kind"]>(
  alert: Alert,
  ...kinds: readonly Kind[]
): alert is Alert<Extract<Signal, { readonly kind: Kind }>> {
  return kinds.some((kind) => kind === alert.signal.kind);
}
