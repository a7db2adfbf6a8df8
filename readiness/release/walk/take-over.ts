/**
 * Staging may have been released by itself before production is, as the pipeline does it: on a machine of its own, with
 * credentials of its own, and its log brought along.
 */

import { exitStatus } from "../../exit-status.ts";
import { currentOf, lastAttempt, takenOver } from "../log/current.ts";
import type { Fact } from "../log/entry.ts";
import type { Log } from "../log/log.ts";
import { readLog } from "../log/log.ts";
import type { Act } from "./act.ts";

/**
 * Notes what the last release of staging has done, where it is over and was of the same commit.
 * @throws LogError where staging's log does not hold
 */
export async function takeOver({ projectDir, spec, staging, phases, subject }: Act, log: Log): Promise<void> {
  if (staging === spec.stack) return;
  const there = currentOf((await readLog(projectDir, staging)).entries);
  if (there?.closed?.fact.outcome !== "released" || there.subject.commit !== subject.commit) return;
  const here = currentOf(log.entries);
  if (!here) return;
  const facts = phases
    .flatMap(({ steps }) => steps)
    .flatMap((step): readonly Fact[] => {
      if (step.kind !== "command" || step.stack !== "staging") return [];
      if (takenOver(here.counted, step.id) || lastAttempt(here.counted, step.id)) return [];
      const ended = lastAttempt(there.counted, step.id)?.ended;
      if (ended?.fact.status !== exitStatus.go) return [];
      const from = { release: there.id, entry: ended.entry, digest: ended.digest };
      return [{ event: "taken over", step: step.id, at: ended.at, from }];
    });
  await log.add(here.id, ...facts);
}
