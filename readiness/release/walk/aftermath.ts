/** What is left behind whenever `release` has done something: metrics of deliveries, and the record. */
import { UsageError } from "../../errors.ts";
import { factsOf } from "../delivery/facts.ts";
import { metricsOf, sendMetrics } from "../delivery/send.ts";
import { currentOf } from "../log/current.ts";
import type { Log } from "../log/log.ts";
import { writeRecord } from "../record/write.ts";
import type { Act } from "./act.ts";

/** Neither stops a release: what could not be told is told the next time. */
export async function leaveBehind(act: Act, log: Log): Promise<void> {
  const { projectDir, spec, world } = act;
  if (!currentOf(log.entries)) return;
  await tell(act, log);
  const folder = writeRecord(projectDir, log.entries, spec, world.clock());
  process.stdout.write(`${folder}/record.md says what was done, by whom and when.\n`);
}

/** Each fact is told once, or once more where a process was killed between the telling and its entry. */
async function tell({ spec, world }: Act, log: Log): Promise<void> {
  const names = spec.services.map(({ name }) => name);
  const told = new Set(log.entries.flatMap(({ fact }) => (fact.event === "told" ? fact.facts : [])));
  const facts = factsOf(log.entries, names).filter(({ id }) => !told.has(id));
  const release = log.entries.at(-1)?.release;
  if (facts.length === 0 || release === undefined) return;
  const metrics = metricsOf(facts, spec, world.clock());
  try {
    if (await sendMetrics(metrics, spec, world.env)) {
      await log.add(release, { event: "told", facts: facts.map(({ id }) => id) });
      return;
    }
    const lines = metrics.map(
      ({ metric, points, tags }) => `  ${metric}{${tags.join(",")}} ${points[0]?.value}\n`,
    );
    process.stdout.write(`Not sent to Datadog, without DD_API_KEY in the environment:\n${lines.join("")}`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`Not sent to Datadog: ${error.message}\n`);
  }
}
