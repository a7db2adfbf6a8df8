/** Servers that misbehave, and the clients that ask them: `verify`, `drill --send`, an event for Datadog. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import type { Kind } from "./kind.ts";
import { oddText } from "./mutations.ts";
import { canary, faultOf, type Said } from "./oracle.ts";
import { type Answer, answerWith } from "./server.ts";

interface Service {
  readonly client: (typeof clients)[number];
  /** Requests that are answered as they should be, before. */
  readonly good: number;
  readonly answer: Answer;
}

/** What a client tells of one input. */
export interface Told {
  readonly said: Said;
  /** The most memory that its process ever had, in MB. */
  readonly megabytes: number;
}

export const clients = ["verify", "drill", "event"] as const;
const mostMegabytes = 300;

export async function servers(): Promise<Kind<Service>> {
  let input: Service | undefined;
  let asked = 0;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (request) =>
      answerWith(socket, asked++ < (input?.good ?? 0) ? "good" : input?.answer, request),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const host = new Host(`http://127.0.0.1:${port}`);
  return {
    inputs: fc.record({ client: fc.constantFrom(...clients), good: fc.nat(3), answer }),
    async judge(service) {
      input = service;
      const told = await ask();
      const { said, megabytes } = told.megabytes > mostMegabytes ? await afresh() : told;
      if (megabytes > mostMegabytes)
        return `${Math.round(megabytes)} MB of memory, must be ${mostMegabytes} at most`;
      return faultOf(said, /127\.0\.0\.1/);

      function ask(): Promise<Told> {
        asked = 0;
        return host.ask(service.client);
      }
      /** What earlier inputs have left in a process is none of this one's. */
      async function afresh(): Promise<Told> {
        host.end();
        const again = await ask();
        host.end();
        return again;
      }
    },
    close() {
      host.end();
      server.close();
    },
  };
}

/** A process with the clients, as long as it bears what they are answered. */
class Host {
  readonly #url: string;
  #process: ChildProcess | undefined;
  #answered: (told: Told) => void = () => {};

  constructor(url: string) {
    this.#url = url;
  }

  ask(client: string): Promise<Told> {
    this.#process ??= this.#started();
    const { promise, resolve } = Promise.withResolvers<Told>();
    this.#answered = resolve;
    this.#process.send({ client, url: this.#url });
    return promise;
  }

  end(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  #started(): ChildProcess {
    const process = fork(join(import.meta.dirname, "client.ts"), [canary]);
    process.on("message", (told: Told) => this.#answered(told));
    process.on("exit", (status, signal) => {
      if (this.#process !== process) return;
      this.#process = undefined;
      const stderr = `internal error: the process is gone (${signal ?? status})`;
      this.#answered({ said: { status, stdout: "", stderr }, megabytes: 0 });
    });
    return process;
  }
}

const name = fc.constantFrom(
  "x-odd",
  "server",
  "set-cookie",
  "www-authenticate",
  "retry-after",
  "content-disposition",
);
const header = fc.oneof(
  fc.tuple(name, oddText),
  fc.tuple(
    fc.constant("location"),
    fc.constantFrom(
      "/",
      "/again",
      "http://127.0.0.1:1/",
      "http://169.254.169.254/",
      "file:///etc/passwd",
      "//",
      "\u0007",
    ),
  ),
  fc.tuple(
    fc.constant("content-type"),
    fc.constantFrom("text/html", "application/json; charset=utf-16", "application/x-odd", "", "\u001b[31m"),
  ),
  fc.tuple(
    fc.constant("content-encoding"),
    fc.constantFrom("gzip", "br", "zstd", "deflate", "gzip, gzip", "odd"),
  ),
  fc.tuple(fc.constant("content-length"), fc.constantFrom("0", "1", "99999999999", "-1", "x")),
  fc.tuple(fc.constant("transfer-encoding"), fc.constantFrom("chunked", "gzip, chunked", "odd")),
);

const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 202, 204, 301, 302, 401, 404, 429, 500, 503),
    fc.integer({ min: 0, max: 1000 }),
  ),
  reason: oddText,
  headers: fc.array(header, { maxLength: 3 }),
  body: fc.oneof(
    { weight: 4, arbitrary: oddText.map((text) => ({ text })) },
    { weight: 4, arbitrary: fc.json().map((json) => ({ text: json })) },
    {
      weight: 4,
      arbitrary: fc
        .dictionary(fc.constantFrom("checks", "incidents", "log_entries", "status"), fc.jsonValue())
        .map((map) => ({ text: JSON.stringify(map) })),
    },
    { weight: 2, arbitrary: oddText.map((odd) => ({ text: JSON.stringify(notified(odd)) })) },
    { weight: 4, arbitrary: fc.constantFrom("none", "echo", "huge", "bomb", "torn", "endless headers") },
  ),
  // The last two take as long as the client has patience.
  pace: fc.oneof(
    { weight: 40, arbitrary: fc.constant("at once" as const) },
    { weight: 4, arbitrary: fc.constant("reset" as const) },
    { weight: 1, arbitrary: fc.constantFrom("silent" as const, "slow" as const) },
  ),
});

/** What PagerDuty tells of somebody who has been told. */
function notified(odd: string): object {
  const entry = {
    type: "notify_log_entry",
    created_at: odd,
    user: { summary: odd },
    channel: { notification: { type: odd } },
  };
  return { status: "success", dedup_key: odd, incidents: [{ id: odd }], log_entries: [entry] };
}
