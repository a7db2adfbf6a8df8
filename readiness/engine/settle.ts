/** Waits for code that does not say when it is done: until nothing is left that it could wait for. */
import type { EventEmitter } from "node:events";
import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";

/** How long nothing may be pending before an unfinished program counts as stuck. */
const patienceMs = 1_000;

/**
 * Runs `start` until its promise is settled and everything that it began, awaited or not, has come to rest: no timer,
 * file or socket of it is pending any more. Gives up on a promise that nothing pending could settle.
 * @param start gives a promise that does not reject
 * @param ours whether the running code belongs to what `start` began
 * @returns the errors of that code that nothing caught; those of other code go where they went before
 */
export async function settle(
  start: () => Promise<unknown>,
  ours: () => boolean,
): Promise<readonly unknown[]> {
  const uncaught = new Set<unknown>();
  const take = (error: unknown) => ours() && uncaught.add(error);
  const restore = [divert("unhandledRejection", take), divert("uncaughtException", take)];
  try {
    let others = pending();
    let finished = false;
    let restingSince: number | undefined;
    start().finally(() => {
      finished = true;
    });
    for (;;) {
      await turn();
      const now = pending();
      if ([...now].every(([kind, count]) => count <= (others.get(kind) ?? 0))) {
        restingSince ??= performance.now();
        if (finished || performance.now() - restingSince >= patienceMs) break;
      } else {
        restingSince = undefined;
      }
      // What was pending before and is gone was somebody else's.
      others = new Map([...others].map(([kind, count]) => [kind, Math.min(count, now.get(kind) ?? 0)]));
      await delay(1);
    }
  } finally {
    for (const undo of restore) undo();
  }
  return [...uncaught];
}

/** What keeps the event loop alive, counted by kind. */
function pending(): ReadonlyMap<string, number> {
  const kinds = Map.groupBy(process.getActiveResourcesInfo(), (kind) => kind);
  return new Map([...kinds].map(([kind, all]) => [kind, all.length]));
}

type Listener = (...args: unknown[]) => void;

/** Offers the errors of a process event to `take` first. @returns what undoes it */
function divert(event: string, take: (error: unknown) => unknown): () => void {
  const emitter: EventEmitter = process;
  const others = emitter.listeners(event) as Listener[];
  const offer: Listener = (error, ...more) => {
    if (take(error)) return;
    if (others.length === 0) throw error;
    for (const other of others) other(error, ...more);
  };
  emitter.removeAllListeners(event).on(event, offer);
  return () => {
    emitter.off(event, offer);
    for (const other of others) emitter.on(event, other);
  };
}
