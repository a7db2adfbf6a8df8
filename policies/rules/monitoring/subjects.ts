/** What the rules of monitoring look at. Services are those whose apps are declared, whatever the config says. */
import type * as datadog from "@pulumi/datadog";
import type { Unwrap } from "@pulumi/pulumi";
import { type Resource, resourceType, type Stack } from "../../resource.ts";
import type { Violation } from "../../rule.ts";

export type MonitorProps = Unwrap<datadog.MonitorArgs>;
export type CheckProps = Unwrap<datadog.SyntheticsTestArgs>;
export type ObjectiveProps = Unwrap<datadog.ServiceLevelObjectiveArgs>;

export const monitor = resourceType<datadog.MonitorArgs>("datadog:index/monitor:Monitor");
export const check = resourceType<datadog.SyntheticsTestArgs>("datadog:index/syntheticsTest:SyntheticsTest");
export const objective = resourceType<datadog.ServiceLevelObjectiveArgs>(
  "datadog:index/serviceLevelObjective:ServiceLevelObjective",
);
const app = resourceType<object>("readiness:index:App");

interface Tagged {
  readonly tags?: readonly string[] | undefined;
}

/** The value of a tag such as `service:portal`; nothing where it is absent or there are several. */
export function tagOf({ props }: Resource<Tagged>, key: string): string | undefined {
  const values = (props.tags ?? []).filter((tag) => tag.startsWith(`${key}:`));
  return values.length === 1 ? values[0]?.slice(key.length + 1) : undefined;
}

/** Resources that carry all of some tags. */
export function tagged<Props extends Tagged>(
  resources: readonly Resource<Props>[],
  tags: Readonly<Record<string, string>>,
): readonly Resource<Props>[] {
  return resources.filter(({ props }) =>
    Object.entries(tags).every(([key, value]) => props.tags?.includes(`${key}:${value}`)),
  );
}

/** Asks the same of every service; a stack without any service fails. */
export function everyService(
  stack: Stack,
  ask: (service: string) => Violation | readonly Violation[] | undefined,
): readonly Violation[] {
  const services = stack.ofType(app).map(({ name }) => name);
  if (services.length === 0) return [{ observed: "no service is declared", wanted: "declared" }];
  return services.flatMap((service) => ask(service) ?? []);
}
