/** What the rules of monitoring look at. Services are those whose apps are declared, whatever the config says. */
import type * as datadog from "@pulumi/datadog";
import type { Unwrap } from "@pulumi/pulumi";
import { type Resource, resourceType, type Stack } from "../resource.ts";
import type { Doubt, Result, Violation } from "../rule.ts";

export type MonitorProps = Unwrap<datadog.MonitorArgs>;
export type SyntheticCheckProps = Unwrap<datadog.SyntheticsTestArgs>;
export type ObjectiveProps = Unwrap<datadog.ServiceLevelObjectiveArgs>;

export const monitor = resourceType<datadog.MonitorArgs>("datadog:index/monitor:Monitor");
export const syntheticCheck = resourceType<datadog.SyntheticsTestArgs>(
  "datadog:index/syntheticsTest:SyntheticsTest",
);
export const objective = resourceType<datadog.ServiceLevelObjectiveArgs>(
  "datadog:index/serviceLevelObjective:ServiceLevelObjective",
);
export const app = resourceType<object>("readiness:index:App");

interface Tagged {
  readonly tags?: readonly string[] | undefined;
}

/** The value of a tag such as `service:portal`; nothing where it is absent or there are several. */
export function tagOf({ props }: Resource<Tagged>, key: string): string | undefined {
  const start = `${key}:`;
  const values = (props.tags ?? []).filter((tag) => tag.startsWith(start));
  return values.length === 1 ? values[0]?.slice(start.length) : undefined;
}

/** What the page is for that a check asks for, where its name does not say so: its tags `page-role:login`. */
export function rolesOf({ props }: Resource<Tagged>): readonly string[] {
  const start = "page-role:";
  return (props.tags ?? []).filter((tag) => tag.startsWith(start)).map((tag) => tag.slice(start.length));
}

/** Resources that carry all of some tags, in the order of their declaration. */
export function tagged<Props extends Tagged>(
  resources: readonly Resource<Props>[],
  tags: Readonly<Record<string, string>>,
): readonly Resource<Props>[] {
  const index = indexes.get(resources) ?? indexTags(resources);
  indexes.set(resources, index);
  const [rarest = none, ...others] = Object.entries(tags)
    .map(([key, value]) => index.get(`${key}:${value}`) ?? none)
    .toSorted((a, b) => a.size - b.size);
  return [...rarest].filter((r) => others.every((set) => set.has(r))) as Resource<Props>[];
}

const none: ReadonlySet<object> = new Set();

/** Tag to its carriers. */
type TagIndex = ReadonlyMap<string, ReadonlySet<object>>;

/** Each service asks for each of its alerts: looking through every monitor each time takes minutes in a large stack. */
const indexes = new WeakMap<readonly object[], TagIndex>();

function indexTags(resources: readonly Resource<Tagged>[]): TagIndex {
  const index = new Map<string, Set<object>>();
  for (const resource of resources) {
    for (const tag of resource.props.tags ?? []) {
      const carriers = index.get(tag);
      if (carriers) carriers.add(resource);
      else index.set(tag, new Set([resource]));
    }
  }
  return index;
}

/** Asks the same of every service; a stack without any service fails. */
export function everyService(stack: Stack, ask: (service: string) => Result): readonly (Violation | Doubt)[] {
  const services = stack.ofType(app).map(({ name }) => name);
  if (services.length === 0) return [{ observed: "no service is declared", wanted: "declared" }];
  return services.flatMap((service) => ask(service) ?? []);
}

/** A draft notifies nobody. */
export function isDraft({ props }: Resource<MonitorProps>): boolean {
  return (props.draftStatus ?? "published") !== "published";
}

/** Of a site that is not there yet nothing is watched: every check is paused and every monitor a draft, none alone. */
export function isBeforeLaunch(stack: Stack): boolean {
  const [checks, monitors] = [stack.ofType(syntheticCheck), stack.ofType(monitor)];
  return (
    checks.length > 0 &&
    monitors.length > 0 &&
    checks.every(({ props }) => props.status === "paused") &&
    monitors.every(isDraft)
  );
}
