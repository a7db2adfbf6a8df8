import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { settle } from "../../../readiness/engine/settle.ts";

const here = new AsyncLocalStorage<true>();
const run = (start: () => Promise<unknown>) =>
  here.run(true, () => settle(start, () => here.getStore() === true));

test("waits for what is awaited and for what is not", async () => {
  const done: string[] = [];
  await run(async () => {
    setTimeout(() => setImmediate(() => done.push("later")), 5);
    await delay(1);
    done.push("awaited");
  });
  expect(done).toEqual(["awaited", "later"]);
});

test("does not wait for what was pending before", async () => {
  const timer = setTimeout(() => {}, 60_000);
  await run(async () => {});
  clearTimeout(timer);
});

test("waits a while for what it cannot see", async () => {
  let done = false;
  await run(
    () =>
      new Promise<void>((resolve) => {
        setTimeout(() => {
          done = true;
          resolve();
        }, 20).unref();
      }),
  );
  expect(done).toBe(true);
});

test("gives up on a promise that nothing can settle", async () => {
  expect(await run(() => new Promise(() => {}))).toEqual([]);
});

test("gives every error that nothing caught, once", async () => {
  const error = new Error("twice");
  const errors = await run(async () => {
    void Promise.reject(error);
    void Promise.reject(error);
    setTimeout(() => {
      throw new Error("in a timer");
    }, 1);
  });
  expect(errors).toEqual([error, new Error("in a timer")]);
});

test("leaves the errors of other code to those who had them before", async () => {
  const others: unknown[] = [];
  const collect = (reason: unknown) => others.push(reason);
  const before = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", collect);
  const elsewhere = AsyncResource.bind(() => void Promise.reject(new Error("elsewhere")));
  try {
    expect(await run(async () => elsewhere())).toEqual([]);
  } finally {
    process.off("unhandledRejection", collect);
    for (const listener of before) process.on("unhandledRejection", listener);
  }
  expect(others).toEqual([new Error("elsewhere")]);
});
