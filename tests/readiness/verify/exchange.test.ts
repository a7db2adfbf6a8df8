import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { exchange, header } from "../../../readiness/verify/exchange.ts";
import { bytes, type Deed, hostile, listening } from "./hostile.ts";

const route = { address: "127.0.0.1", family: 4, limits: { exchangeMilliseconds: 400 } } as const;
/** Everything else takes as long as a busy machine does. */
const patient = { address: "127.0.0.1", family: 4 } as const;

async function ask(deed: Deed, from: Parameters<typeof exchange>[1] = patient) {
  const server = await listening(deed);
  try {
    return await exchange(server.url, from);
  } finally {
    server.close();
  }
}

it.each(hostile)("names a server that %s", async (_, deed, said) => {
  const waits = said.source.includes("within");
  const began = performance.now();
  const answer = await ask(deed, waits ? route : patient);
  expect(answer).toHaveProperty("failure", expect.stringMatching(said));
  if (waits) expect(performance.now() - began).toBeLessThan(5_000);
});

it("names a port that is closed", async () => {
  const server = await listening(() => {});
  server.close();
  expect(await exchange(server.url, patient)).toMatchObject({ failure: "refuses connections" });
});

it("keeps to the time for all", async () => {
  const answer = await ask(() => {}, { ...patient, ends: Date.now() + 200 });
  expect(answer).toMatchObject({ failure: "gave no answer within 0.2 s" });
  expect(await ask(() => {}, { ...patient, ends: Date.now() - 1 })).toMatchObject({ code: "ENDED" });
});

it("counts a body as it came and as it is unpacked", async () => {
  const body = gzipSync("a".repeat(10_000));
  const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nx-a: b\r\ncontent-length: ${body.length}\r\n\r\n`;
  const answer = await ask(bytes(Buffer.concat([Buffer.from(head), body])));
  expect(answer).toMatchObject({ status: 200, bytes: 10_000, wireBytes: body.length, odd: [] });
  expect("failure" in answer || header(answer, "x-a")).toBe("b");
});

it.each([
  ["a status beyond all", "HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n", { status: 999 }],
  ["a body that is no text", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\xff\xfe", { odd: ["no UTF-8"] }],
  [
    "a redirect to a file",
    "HTTP/1.1 302 Found\r\nlocation: file:///etc/passwd\r\ncontent-length: 0\r\n\r\n",
    { status: 302 },
  ],
])("takes %s for an answer", async (_, text, expected) => {
  expect(await ask(bytes(text))).toMatchObject(expected);
});

it("needs little memory, whatever comes", async () => {
  const big = hostile.filter(([, , said]) => said.source.includes("5 MB"));
  for (const [, deed] of big) await ask(deed);
  expect(process.memoryUsage().arrayBuffers).toBeLessThan(150 * 1024 * 1024);
});
