/** The stack's monitors, asked of Datadog which of them alert: those of burn rates and of faulty deployments among them. */
import { z } from "zod";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { ask } from "../../ask.ts";
import { clean } from "../../terminal/layout.ts";
import type { Access } from "../../vendors/access.ts";

const monitor = z.looseObject({ name: z.string(), overall_state: z.string().nullish() });
const page = z.array(monitor);
const pageSize = 1_000;

/** Null where there is no answer: what is not known is not well, and not ill. */
export async function alertingOf(
  spec: StackSpec,
  { url, headers }: Access,
): Promise<readonly string[] | null> {
  const address = new URL("/api/v1/monitor", url);
  address.searchParams.set("monitor_tags", `environment:${spec.stack},product:${spec.product}`);
  address.searchParams.set("page_size", String(pageSize));
  address.searchParams.set("page", "0");
  const found = await ask(address, { headers }, page, () => "").catch(() => null);
  // No monitor at all is no stack that is watched.
  if (found === null || found.length === 0) return null;
  const alerting = found.filter(({ overall_state: state }) => state === "Alert");
  return alerting.map(({ name }) => clean(name).slice(0, 100));
}
