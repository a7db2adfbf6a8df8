/** Logs: whether any arrive that metrics are made of, and whether the stack's index gets them. */
import type * as datadogSdk from "@pulumi/datadog";
import { z } from "zod";
import { resourceType, type Stack } from "../../policies/resource.ts";
import type { Data } from "./data.ts";
import type { Datadog } from "./datadog.ts";
import { Unanswered } from "./datadog.ts";
import type { Subject } from "./finding.ts";
import { answered } from "./monitors.ts";

const logsMetric = resourceType<datadogSdk.LogsMetricArgs>("datadog:index/logsMetric:LogsMetric");
const logsIndex = resourceType<datadogSdk.LogsIndexArgs>("datadog:index/logsIndex:LogsIndex");
const order = z.object({
  indexes: z.array(
    z.object({ name: z.string(), filter: z.object({ query: z.string().nullish() }).nullish() }),
  ),
});

/** Each search of logs, over a day. Of requests there are some at any time: the stack's own checks make them. */
export async function verifyLogs(stack: Stack, data: Data): Promise<readonly Subject[]> {
  const metrics = stack.ofType(logsMetric);
  return Promise.all(
    metrics.map(async ({ props }): Promise<Subject> => {
      const finding = await answered("logs", async () => {
        const count = await data.countEvents("logs", props.filter.query ?? "*");
        const always = props.name.endsWith(".requests");
        if (count > 0)
          return { asked: "logs", outcome: "pass", message: `${count} logs matched within a day` };
        return always
          ? { asked: "logs", outcome: "fail", message: "no request's log arrived for a day" }
          : { asked: "logs", outcome: "pass", message: "its search is taken; nothing matched for a day" };
      });
      return { kind: "logs metric", name: props.name, findings: [finding] };
    }),
  );
}

/** A log goes to the first index whose filter it meets, and one of the account's own may take all. */
export async function verifyIndexes(stack: Stack, datadog: Datadog): Promise<readonly Subject[]> {
  return Promise.all(
    stack.ofType(logsIndex).map(async ({ props }): Promise<Subject> => {
      const finding = await answered("index", async () => {
        const { status, data, problem } = await datadog.ask("/api/v1/logs/config/indexes");
        const found = order.safeParse(data);
        if (status !== 200 || !found.success) throw new Unanswered(problem || `Datadog answered ${status}`);
        const { indexes } = found.data;
        const place = indexes.findIndex(({ name }) => name === props.name);
        if (place < 0) return { asked: "index", outcome: "unknown", message: "it is not deployed yet" };
        const greedy = indexes.slice(0, place).find(({ filter }) => /^\s*\*?\s*$/.test(filter?.query ?? ""));
        return greedy
          ? {
              asked: "index",
              outcome: "fail",
              message: `the index ${greedy.name} stands before it and takes all`,
            }
          : { asked: "index", outcome: "pass", message: "no index before it takes all logs" };
      });
      return { kind: "logs index", name: props.name, findings: [finding] };
    }),
  );
}
