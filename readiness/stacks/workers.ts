/** Threads that judge states, and are begun anew where one comes to grief over a state. */
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Circumstances, Task } from "./judge.ts";
import type { Row } from "./row.ts";

/** What became of a state over which a thread came to grief; its text stands in the row. */
export class JudgingError extends Error {
  override readonly name = "JudgingError";
}

export interface WorkerLimits {
  readonly seconds: number;
  /** Of each thread. */
  readonly megabytes: number;
}

const entry = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

export class Workers {
  readonly #circumstances: Circumstances;
  readonly #limits: WorkerLimits;
  readonly #most: number;
  readonly #all = new Set<Worker>();
  readonly #idle: Worker[] = [];
  /** Whoever waits for a thread to be idle, or gone. */
  readonly #waiting: (() => void)[] = [];

  /** @param most threads at once */
  constructor(circumstances: Circumstances, limits: WorkerLimits, most: number) {
    this.#circumstances = circumstances;
    this.#limits = limits;
    this.#most = most;
  }

  /**
   * Has a thread judge a state, as soon as one is idle.
   * @throws JudgingError
   */
  async judge(task: Task): Promise<Row> {
    const worker = await this.#take();
    try {
      const row = await answer(worker, task, this.#limits);
      this.#idle.push(worker);
      return row;
    } catch (error) {
      this.#all.delete(worker);
      await worker.terminate();
      throw error;
    } finally {
      this.#waiting.shift()?.();
    }
  }

  async #take(): Promise<Worker> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle) return idle;
      if (this.#all.size < this.#most) return this.#begin();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #begin(): Worker {
    const worker = new Worker(entry, {
      workerData: this.#circumstances,
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
      // What a rule might print is nobody's to see.
      stdout: true,
      stderr: true,
    });
    // Of a thread that is ended while it begins.
    worker.on("error", () => {});
    this.#all.add(worker);
    return worker;
  }
}

function answer(worker: Worker, task: Task, { seconds, megabytes }: WorkerLimits): Promise<Row> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      // Not all listeners at once: among them are Node's own.
      worker.off("message", answered).off("error", broken).off("exit", ended);
      end();
    };
    const fail = (reason: string) => settle(() => reject(new JudgingError(reason)));
    const answered = (row: Row) => settle(() => resolve(row));
    const broken = (error: Error & { readonly code?: string }) => {
      const tooLarge = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      // The message may quote the state.
      fail(tooLarge ? `it takes more than ${megabytes} MB to judge` : `a fault of the tool (${error.name})`);
    };
    const ended = () => fail("the thread that judged it has ended");
    const timer = setTimeout(() => fail(`it takes more than ${seconds} s to judge`), seconds * 1000);
    worker.on("message", answered).on("error", broken).on("exit", ended);
    const { buffer } = task.bytes;
    worker.postMessage(task, buffer instanceof ArrayBuffer && owns(task.bytes) ? [buffer] : []);
  });
}

/** Small buffers share their memory with others, which may not be given away. */
function owns({ buffer, byteLength }: Uint8Array): boolean {
  return buffer.byteLength === byteLength;
}
