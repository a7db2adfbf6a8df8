/** Asks one route of each class again and again, and keeps every answer: what is told of them is worked out elsewhere. */
import type { EndpointClass } from "../../model/service-levels/targets.ts";
import { type Agents, keptAlive } from "./exchange.ts";
import type { Site } from "./site.ts";

export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** To the last byte. */
  readonly ms: number;
  /** Null where there was no whole answer. */
  readonly status: number | null;
  /** Why there was none; null where there was one. */
  readonly failure: string | null;
}

export interface Sampled {
  readonly class: EndpointClass;
  readonly path: string;
  readonly samples: readonly Sample[];
  /** Why there are fewer than were wanted; null where there are as many. */
  readonly ended: "slow" | "rate limit" | "time" | "refused" | "down" | null;
}

export interface Plan {
  readonly class: EndpointClass;
  readonly path: string;
  readonly samples: number;
  /** In milliseconds; so many above it are enough to know. */
  readonly limitMs: number;
  readonly enoughAbove: number;
}

/** Few, so that what is measured is the site and not its queue. */
const atOnce = 4;

/** @param headers such as the cookies of a test account, for what strangers are refused */
export async function sample(
  site: Site,
  plans: readonly Plan[],
  headers: Readonly<Record<string, string>> = {},
  progress: (done: number, all: number) => void = () => {},
): Promise<readonly Sampled[]> {
  const agents = keptAlive(atOnce);
  const runs = plans.map((plan) => new Run(plan));
  const all = plans.reduce((sum, { samples }) => sum + samples, 0);
  let done = 0;
  // In turns: what disturbs the site for a second disturbs every class.
  const worker = async () => {
    for (;;) {
      const run = runs.filter((one) => one.open).sort((a, b) => a.begun - b.begun)[0];
      if (!run) return;
      await run.ask(site, agents);
      if (++done % 50 === 0) progress(done, all);
    }
  };
  try {
    // The first answer of each class warms what is cold: a connection, a function that slept.
    await Promise.all(runs.map((run) => run.warm(site, agents, headers)));
    await Promise.all(Array.from({ length: atOnce }, worker));
  } finally {
    agents.close();
  }
  return runs.map((run) => run.result);
}

class Run {
  readonly #plan: Plan;
  readonly #samples: Sample[] = [];
  #above = 0;
  #headers: Readonly<Record<string, string>> = {};
  #ended: Sampled["ended"] = null;
  begun = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  get open(): boolean {
    return this.#ended === null && this.begun < this.#plan.samples;
  }

  get result(): Sampled {
    return { class: this.#plan.class, path: this.#plan.path, samples: this.#samples, ended: this.#ended };
  }

  async warm(site: Site, agents: Agents, headers: Readonly<Record<string, string>>): Promise<void> {
    const ask = () => site.ask(this.#plan.path, { agents, headers: this.#headers });
    const at = Date.now();
    let answer = await ask();
    if ("failure" in answer) answer = await ask();
    const refused = "status" in answer && [301, 302, 303, 307, 401, 403].includes(answer.status);
    if (refused && Object.keys(headers).length > 0) {
      this.#headers = headers;
      answer = await ask();
    }
    if ("failure" in answer) {
      this.#samples.push({ at, ms: Date.now() - at, status: null, failure: answer.failure });
      this.#ended = "down";
      return;
    }
    if (answer.status === 429) this.#ended = "rate limit";
    // It will say so every time.
    else if (answer.status >= 300 && answer.status < 500) {
      this.#samples.push({ at: Date.now(), ms: answer.ms, status: answer.status, failure: null });
      this.#ended = "refused";
    }
  }

  async ask(site: Site, agents: Agents): Promise<void> {
    this.begun += 1;
    const at = Date.now();
    const began = performance.now();
    const answer = await site.ask(this.#plan.path, { agents, headers: this.#headers });
    const ms = performance.now() - began;
    if ("failure" in answer && answer.code === "ENDED") this.#ended ??= "time";
    else if ("status" in answer && answer.status === 429) this.#ended ??= "rate limit";
    else {
      const failed = "failure" in answer;
      const [status, failure] = failed ? [null, answer.failure] : [answer.status, null];
      this.#samples.push({ at, ms, status, failure });
      if (ms > this.#plan.limitMs) this.#above += 1;
      if (this.#above >= this.#plan.enoughAbove) this.#ended ??= "slow";
    }
  }
}

/** Whether a request failed through the site's fault. */
export function isError({ status }: Sample): boolean {
  return status === null || status >= 500;
}
