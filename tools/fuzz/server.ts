/** What a server answers that means no good, byte by byte. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body:
    | { readonly text: string }
    | "none"
    /** The request. */
    | "echo"
    | "huge"
    /** A gigabyte in a megabyte. */
    | "bomb"
    /** Shorter than it says. */
    | "torn"
    | "endless headers";
  readonly pace: "at once" | "slow" | "silent" | "reset";
}

/** So much of an endless answer, unless the client goes before. */
const endlessChunks = 16_000;
const chunk = Buffer.alloc(64 * 1024, "a");
const slowMilliseconds = 40;

/** @param answer `good` stands for what vendors and sites answer where all is well */
export async function answerWith(
  socket: Socket,
  answer: Answer | "good" = "good",
  request: Buffer,
): Promise<void> {
  if (answer === "good") {
    socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${good.length}\r\n\r\n${good}`);
    return;
  }
  if (answer.pace === "silent") return;
  if (answer.pace === "reset") {
    socket.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(head(answer), "latin1");
  for (const part of answer.pace === "slow" ? bytes : [bytes]) {
    if (socket.destroyed) return;
    socket.write(typeof part === "number" ? Buffer.of(part) : part);
    if (answer.pace === "slow") await sleep(slowMilliseconds);
  }
  await sendBody(socket, answer, request);
}

const entry = {
  type: "notify_log_entry",
  created_at: "2026-03-02T10:20:30Z",
  user: { summary: "Amara Okafor" },
  channel: { notification: { type: "push" } },
};
const good = JSON.stringify({
  status: "success",
  dedup_key: "drill-1",
  incidents: [{ id: "P1" }],
  log_entries: [entry],
});

function head({ status, reason, headers, body }: Answer): string {
  const all = [
    ...headers,
    ["connection", "close"],
    ...(body === "bomb" ? [["content-encoding", "gzip"]] : []),
    ...(body === "torn" ? [["content-length", "1000"]] : []),
  ];
  const lines = all.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `HTTP/1.1 ${status} ${reason}\r\n${lines}${body === "endless headers" ? "" : "\r\n"}`;
}

async function sendBody(socket: Socket, { body }: Answer, request: Buffer): Promise<void> {
  if (body === "none" || body === "torn") socket.end("{");
  else if (body === "echo") socket.end(request);
  else if (typeof body === "object") socket.end(body.text);
  else {
    const part = { huge: chunk, bomb, "endless headers": Buffer.from(`x: ${"a".repeat(1000)}\r\n`) }[body];
    for (let i = 0; i < endlessChunks && !socket.destroyed; i++) {
      if (!socket.write(part)) await drained(socket);
    }
    socket.end();
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((done) => {
    socket.once("drain", done);
    socket.once("close", done);
  });
}

/** Members of a gzip file may follow each other. */
const bomb = gzipSync(Buffer.alloc(1024 * 1024), { level: 9 });
