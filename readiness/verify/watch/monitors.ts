/** The stack's monitors, asked of Datadog which of them alert: those of burn rates and of faulty deployments among them. */
import { z } from "zod";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { ask } from "../../ask.ts";
import { clean } from "../../terminal/layout.ts";
import { accessTo } from "../../vendors/access.ts";

const monitor = z.looseObject({ name: z.string(), overall_state: z.string().nullish() });
const page = z.array(monitor);
const pageSize = 1_000;

export type Alerting = () => Promise<readonly string[] | null>;

export const nobodyAsked: Alerting = async () => null;

/** Null for whenever there is no answer: what is not known is not well, and not ill. */
export function alertingOf(
  spec: StackSpec,
  config: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Alerting {
  const keys = (env["DD_API_KEY"] && env["DD_APP_KEY"]) || env["DD_BEARER_TOKEN"];
  if (!keys) return nobodyAsked;
  const { url, headers } = accessTo("datadog", spec, config, env);
  const address = new URL("/api/v1/monitor", url);
  address.searchParams.set("monitor_tags", `environment:${spec.stack},product:${spec.product}`);
  address.searchParams.set("page_size", String(pageSize));
  address.searchParams.set("page", "0");
  return async () => {
    const found = await ask(address, { headers }, page, () => "").catch(() => null);
    // No monitor at all is no stack that is watched.
    if (found === null || found.length === 0) return null;
    const alerting = found.filter(({ overall_state: state }) => state === "Alert");
    return alerting.map(({ name }) => clean(name).slice(0, 100));
  };
}
