import { expect, it } from "vitest";
import { oneAtATime } from "../../server/telemetry.ts";

it("what is sent while something is on its way goes together, in one more round", async () => {
  const rounds: PromiseWithResolvers<void>[] = [];
  const flush = oneAtATime(() => {
    const round = Promise.withResolvers<void>();
    rounds.push(round);
    return round.promise;
  });
  const first = flush();
  const others = [flush(), flush(), flush()];
  expect(rounds).toHaveLength(1);
  rounds[0]?.reject(new Error("refused"));
  await expect(first).rejects.toThrow("refused");
  await Promise.resolve();
  expect(rounds).toHaveLength(2);
  rounds[1]?.resolve();
  await Promise.all(others);
  void flush();
  expect(rounds).toHaveLength(3);
});
