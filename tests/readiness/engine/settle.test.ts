import { AsyncLocalStorage } from "node:async_hooks";
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
