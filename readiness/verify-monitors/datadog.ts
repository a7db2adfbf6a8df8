/** Datadog's interface, asked within its limits: https://docs.datadoghq.com/api/latest/rate-limits/ */
import { setTimeout as sleep } from "node:timers/promises";
import { addressIn } from "../ask.ts";
import { type Answer, boundedFetch } from "../bounded-fetch.ts";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { clean } from "../terminal/layout.ts";

/** Why a question has no answer; what it is about is unknown. */
export class Unanswered extends Error {}

export interface Reply {
  readonly status: number;
  readonly data: unknown;
  /** What Datadog says is wrong, without what was sent; empty where it says nothing. */
  readonly problem: string;
}

const needed = {
  DD_API_KEY: "an API key of Datadog",
  DD_APP_KEY: "an application key that may read monitors, metrics, logs and objectives",
} as const;

/** The longest that one limit is waited for, how often, and how long all questions may take together. */
const longestPauseSeconds = 60;
const attempts = 5;
const deadlineMilliseconds = 15 * 60_000;

export class Datadog {
  readonly #url: string;
  readonly #keys: readonly string[];
  readonly #ends = Date.now() + deadlineMilliseconds;

  /** @throws UsageError that names everything that is missing, at once */
  constructor(environment: NodeJS.ProcessEnv, site: string) {
    const missing = Object.entries(needed).filter(([name]) => !environment[name]);
    if (missing.length > 0) {
      const list = missing.map(([name, what]) => `${name} (${what})`).join(" and ");
      throw new UsageError(`verify-monitors needs ${list} in the environment`);
    }
    this.#keys = Object.keys(needed).map((name) => environment[name] ?? "");
    this.#url = addressIn(environment, "DD_HOST", `https://api.${site}`);
  }

  /**
   * @throws UsageError where the keys are not accepted
   * @throws Unanswered where there is no answer to be had
   */
  async ask(path: string, body?: unknown): Promise<Reply> {
    const [apiKey = "", applicationKey = ""] = this.#keys;
    const request: RequestInit = {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "dd-api-key": apiKey,
        "dd-application-key": applicationKey,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const url = new URL(path, this.#url);
    for (let attempt = 1; ; attempt++) {
      if (Date.now() > this.#ends) throw new Unanswered("there was no time left to ask");
      const answer = await boundedFetch(url, request).catch((error: unknown) => {
        throw new Unanswered(`Datadog cannot be reached: ${this.#told(String(Object(error).message))}`);
      });
      const { status } = answer;
      if (status === 401 || status === 403) {
        throw new UsageError(
          `${url.origin}${url.pathname} answered ${status}: DD_API_KEY or DD_APP_KEY is not accepted`,
        );
      }
      if (status !== 429 && status < 500) return this.#reply(answer);
      const pause = status === 429 ? pauseOf(answer) : 1;
      if (attempt === attempts || pause > longestPauseSeconds) {
        throw new Unanswered(
          status === 429 ? "Datadog's rate limit is used up" : `Datadog answered ${status}`,
        );
      }
      await sleep(pause * 1000);
    }
  }

  #reply({ status, text }: Answer): Reply {
    let data: unknown;
    try {
      data = text === "" ? {} : parseJson(text);
    } catch {
      throw new Unanswered("Datadog answered something else than JSON");
    }
    const { errors } = Object(data);
    const said = Array.isArray(errors)
      ? errors.map((e) => (typeof e === "string" ? e : JSON.stringify(e)))
      : [];
    return { status, data, problem: this.#told(said.join("; ")) };
  }

  /** Words of others, bounded, and without a key that they repeat. */
  #told(text: string): string {
    const without = this.#keys.reduce((rest, key) => rest.replaceAll(key, "…"), text);
    return clean(without).slice(0, 300);
  }
}

/** Seconds until the limit is lifted. */
function pauseOf({ headers }: Answer): number {
  const told = Number(headers.get("x-ratelimit-reset") ?? headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(told) && told >= 0 ? told : 5;
}
