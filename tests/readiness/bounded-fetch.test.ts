import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { ask } from "../../readiness/ask.ts";
import { boundedFetch } from "../../readiness/bounded-fetch.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<URL> {
  server = createServer(answer);
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/x?key=hunter2`);
}

const bounds = { milliseconds: 5_000, bytes: 100_000 };
const json = z.object({ ok: z.literal(true) });
const answers = (text: string): RequestListener => {
  return (_, response) => void response.end(text);
};

it("gives an answer, across the pieces that it comes in", async () => {
  const bytes = Buffer.from("für alle");
  const url = await serve((_, response) => {
    response.write(bytes.subarray(0, 2));
    response.end(bytes.subarray(2));
  });
  expect(await boundedFetch(url)).toMatchObject({ status: 200, text: "für alle" });
});

it("stops an answer that does not end, and hangs up", async () => {
  let sent = 0;
  let closed = false;
  const url = await serve((_, response) => {
    const more = () => {
      if (response.destroyed) return;
      sent += 65_536;
      response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once("drain", more);
    };
    response.once("close", () => {
      closed = true;
    });
    more();
  });
  await expect(boundedFetch(url, {}, bounds)).rejects.toThrow("the answer has more than 100000 bytes");
  await expect.poll(() => closed).toBe(true);
  // What stands in the buffers of two sockets, not what the server would have liked to send.
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

it.each([
  ["gzip", gzipSync(Buffer.alloc(200 * 1024 * 1024))],
  ["br", brotliCompressSync(Buffer.alloc(32 * 1024 * 1024))],
])("counts what %s unpacks to", async (encoding, packed) => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(packed);
  });
  const before = process.memoryUsage().rss;
  await expect(boundedFetch(url, {}, bounds)).rejects.toThrow("more than 100000 bytes");
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

it("has one deadline over all, for an answer that drips too", async () => {
  const url = await serve((_, response) => {
    const timer = setInterval(() => response.write("x"), 5);
    response.once("close", () => clearInterval(timer));
  });
  const asked = boundedFetch(url, {}, { milliseconds: 100, bytes: 100_000 });
  await expect(asked).rejects.toThrow("no whole answer within 0.1 s");
});

it("follows no redirect, so that nothing is sent anywhere else", async () => {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(307, { location: "/other" }).end();
  });
  expect((await boundedFetch(url)).status).toBe(307);
  await expect(ask(url, { method: "POST", body: "hunter2" }, json, () => "")).rejects.toThrow("answered 307");
  expect(asked).toEqual(["/v2/x?key=hunter2", "/v2/x?key=hunter2"]);
});

it.each([
  ["no JSON", "hunter2 is no JSON"],
  ["other JSON", '{"hunter2": 1}'],
  ["JSON without an end", '{"ok": true, "hunter2'],
  ["JSON that nests", "[".repeat(200_000)],
])("shows nothing of an answer that is %s", async (_, text) => {
  const url = await serve(answers(text));
  const error = await ask(url, {}, json, () => "").catch((e: Error) => e);
  expect(error).toMatchObject({ name: "UsageError" });
  expect(String(error)).toMatch(/answered something else than its vendor documents$/);
  expect(String(error)).not.toContain("hunter2");
});

it("leaves an interruption to whoever interrupted", async () => {
  const url = await serve(() => {});
  const interrupted = AbortSignal.abort("SIGINT");
  await expect(ask(url, { signal: interrupted }, json, () => "")).rejects.toBe("SIGINT");
});
