/**
 * Silence on purpose: PagerDuty opens no incident of a service while a maintenance window lasts, so whatever
 * fires pages nobody ("Maintenance Windows"). No gap of a rotation: somebody is on call, and is not told.
 */
import type { Span } from "../../model/on-call/calendar/zone.ts";
import { linked, type Resource, type Stack } from "../resource.ts";
import type { DeclaredMaintenance, DeclaredService } from "./chain.ts";
import { maintenance, service } from "./on-call.ts";

/** A stretch of time in which nobody is paged. */
export interface Silence extends Span {
  /** What the windows are declared as; those that touch or overlap are one silence. */
  readonly names: readonly string[];
}

/** A declared window and what it silences. */
export interface Window extends Silence {
  /** Why, as declared; empty where nothing is said. */
  readonly reason: string;
  /** Names of PagerDuty services. */
  readonly services: readonly string[];
}

/** When a service is silent, in order and apart from each other. Windows without an end are none: a rule refuses them. */
export function silencesOf(target: DeclaredService, stack: Stack): readonly Silence[] {
  const windows = stack.attached(maintenance, "services", target).flatMap((window) => spanOf(window) ?? []);
  const merged: Silence[] = [];
  for (const window of windows.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (!last || window.from > last.to) merged.push(window);
    else {
      const names = [...last.names, ...window.names];
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, window.to), names };
    }
  }
  return merged;
}

/** The windows of a stack that have a part in a period, in the order of their beginnings. */
export function windowsOf(stack: Stack, period: Span): readonly Window[] {
  return stack
    .ofType(maintenance)
    .flatMap((window) => {
      const span = spanOf(window);
      const silent = linked(window as Resource, "services", service);
      const services = silent.map(({ name, props }) => props.name ?? name);
      return span ? [{ ...span, reason: window.props.description ?? "", services }] : [];
    })
    .filter(({ from, to }) => from < period.to && to > period.from)
    .toSorted((a, b) => a.from - b.from);
}

/** Nothing where the window has no readable end after its beginning. */
export function spanOf({ name, props }: DeclaredMaintenance): Silence | undefined {
  const [from, to] = [Date.parse(props.startTime), Date.parse(props.endTime)];
  return from < to ? { from, to, names: [name] } : undefined;
}
