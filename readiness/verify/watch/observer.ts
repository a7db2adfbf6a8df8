/** Datadog, as a watch asks it: which monitors of the stack alert, and how its versions do. */
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { accessTo } from "../../vendors/access.ts";
import { alertingOf } from "./monitors.ts";
import type { VersionLook } from "./state.ts";
import { type Moment, versionsOf } from "./versions.ts";

export interface Observer {
  /** Names of monitors that are alerting now; null where there is no answer. */
  alerting(): Promise<readonly string[] | null>;
  versions(moment: Moment): Promise<VersionLook[]>;
}

/** Nothing where the environment has no keys: then nobody is asked. */
export function observerOf(
  spec: StackSpec,
  config: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Observer | undefined {
  const keys = (env["DD_API_KEY"] && env["DD_APP_KEY"]) || env["DD_BEARER_TOKEN"];
  if (!keys) return undefined;
  const access = accessTo("datadog", spec, config, env);
  return { alerting: () => alertingOf(spec, access), versions: (moment) => versionsOf(spec, access, moment) };
}
