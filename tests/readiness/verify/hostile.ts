/** Servers that mean no good, by what they do with a connection. */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";

export type Deed = (socket: Socket) => void;

/** Bytes as they are, and the end of the connection. */
export const bytes =
  (text: string | Buffer, end = true): Deed =>
  (socket) => {
    socket.write(typeof text === "string" ? Buffer.from(text, "latin1") : text);
    if (end) socket.end();
  };

const head = (more = "", status = "200 OK") => `HTTP/1.1 ${status}\r\n${more}`;
const chunk = Buffer.alloc(64 * 1024, "a");
/** A gigabyte in a megabyte: members of a gzip file may follow each other. */
const gzipMember = gzipSync(Buffer.alloc(1024 * 1024), { level: 9 });
const brotli = brotliCompressSync(Buffer.alloc(64 * 1024 * 1024));

/** The same again, for as long as somebody reads. */
const endless =
  (before: string, part: Buffer | string, parts = 16_000): Deed =>
  async (socket) => {
    socket.write(before);
    for (let i = 0; i < parts && !socket.destroyed; i++) {
      if (socket.write(part)) continue;
      await new Promise<void>((go) => {
        socket.once("drain", go);
        socket.once("close", go);
      });
    }
    socket.end();
  };

/** A byte now and then. */
const drip =
  (text: string): Deed =>
  (socket) => {
    let at = 0;
    const timer = setInterval(() => {
      if (socket.destroyed || at >= text.length) clearInterval(timer);
      else socket.write(text[at++] ?? "");
    }, 20);
    socket.on("close", () => clearInterval(timer));
  };

const after =
  (text: string, then: (socket: Socket) => void): Deed =>
  (socket) => {
    socket.write(text, () => then(socket));
  };

const gzipped = "content-encoding: gzip\r\nconnection: close\r\n\r\n";
const chunked = "transfer-encoding: chunked\r\n\r\n";

/** What each does, and what has to be said of it. */
export const hostile: readonly (readonly [name: string, deed: Deed, said: RegExp])[] = [
  ["accepts and stays silent", () => {}, /gave no answer within/],
  ["closes at once", (socket) => socket.end(), /closes the connection without an answer/],
  ["resets at once", (socket) => socket.resetAndDestroy(), /closes the connection without an answer/],
  ["drips its headers", drip(head("x: y\r\n".repeat(999))), /gave no answer within/],
  [
    "drips its body",
    drip(`${head("content-length: 9000\r\n\r\n")}${"a".repeat(9000)}`),
    /gave no (whole )?answer within/,
  ],
  [
    "resets within its headers",
    after(head("x: "), (s) => s.resetAndDestroy()),
    /closes the connection without an answer/,
  ],
  [
    "resets within its body",
    after(head("content-length: 100\r\n\r\nabc"), (s) => s.resetAndDestroy()),
    /breaks its answer off/,
  ],
  ["ends its body early", bytes(head("content-length: 100\r\n\r\nabc")), /breaks its answer off/],
  ["ends within a chunk", bytes(head(`${chunked}ff\r\nabc`)), /breaks its answer off/],
  ["has chunks of no size", bytes(head(`${chunked}zz\r\nabc\r\n`)), /broken chunks/],
  ["has two lengths", bytes(head("content-length: 3\r\ncontent-length: 30\r\n\r\nabc")), /two lengths/],
  [
    "has a length and chunks",
    bytes(head(`content-length: 3\r\n${chunked}3\r\nabc\r\n0\r\n\r\n`)),
    /broken HTTP|two lengths|transfer encoding/,
  ],
  ["has a length that is none", bytes(head("content-length: abc\r\n\r\n")), /length that is none/],
  ["has huge headers", endless(head(), `x: ${"a".repeat(1000)}\r\n`), /headers beyond 64 KB/],
  ["has a header without end", endless(head("x: "), chunk), /headers beyond 64 KB/],
  [
    "has a NUL in a header",
    bytes(head("x: a\0b\r\ncontent-length: 0\r\n\r\n")),
    /characters that no header may have/,
  ],
  [
    "has a name of a header that is none",
    bytes(head("x y: a\r\n\r\n")),
    /characters that no header may have/,
  ],
  [
    "has a line end too many in a header",
    bytes(head("x: a\rb\r\n\r\n")),
    /broken HTTP|characters that no header may have/,
  ],
  ["speaks SSH", bytes("SSH-2.0-OpenSSH_9.9\r\n"), /something else than HTTP/],
  ["speaks SMTP", bytes("220 mail ESMTP\r\n", false), /something else than HTTP/],
  ["speaks HTTP/0.9", bytes("<html>hello</html>"), /something else than HTTP/],
  [
    "speaks HTTP/2 alone",
    bytes(Buffer.from("00000604000000000000000000000000", "hex")),
    /something else than HTTP/,
  ],
  ["speaks HTTP/9.9", bytes("HTTP/9.9 200 OK\r\n\r\n"), /version of HTTP that there is not/],
  ["speaks TLS", bytes(Buffer.from("15030300020228", "hex")), /something else than HTTP/],
  ["says a status of letters", bytes("HTTP/1.1 abc OK\r\n\r\n"), /status that there is not/],
  ["says a status of four digits", bytes("HTTP/1.1 2000 OK\r\n\r\n"), /status that there is not|broken HTTP/],
  [
    "answers 1xx without end",
    endless("", "HTTP/1.1 103 Early Hints\r\n\r\n", 100_000),
    /1xx again and again/,
  ],
  [
    "switches to another protocol",
    bytes(head("connection: upgrade\r\nupgrade: x\r\n\r\n", "101 Switching Protocols"), false),
    /another protocol/,
  ],
  ["has a body without end", endless(head("\r\n"), chunk), /more than 5 MB/],
  [
    "has chunks without end",
    endless(head(chunked), Buffer.concat([Buffer.from("10000\r\n"), chunk, Buffer.from("\r\n")])),
    /more than 5 MB/,
  ],
  ["promises a terabyte", endless(head("content-length: 1099511627776\r\n\r\n"), chunk), /more than 5 MB/],
  ["sends a bomb of gzip", endless(head(gzipped), gzipMember), /more than 5 MB/],
  [
    "sends a bomb of brotli",
    bytes(Buffer.concat([Buffer.from(head("content-encoding: br\r\nconnection: close\r\n\r\n")), brotli])),
    /more than 5 MB/,
  ],
  ["sends gzip that is none", bytes(head(`${gzipped}no gzip`)), /cannot be unpacked/],
  [
    "sends brotli that is none",
    bytes(head("content-encoding: br\r\nconnection: close\r\n\r\nno brotli at all")),
    /cannot be unpacked/,
  ],
  [
    "sends half of a gzip",
    bytes(Buffer.concat([Buffer.from(head(gzipped)), gzipSync("a".repeat(9999)).subarray(0, 20)])),
    /ends in the middle/,
  ],
  [
    "answers in an unknown encoding",
    bytes(head("content-encoding: zstd-of-ours\r\ncontent-length: 3\r\n\r\nabc")),
    /an encoding that nobody asked for/,
  ],
  [
    "packs its answer many times",
    bytes(head("content-encoding: gzip, gzip, gzip\r\ncontent-length: 3\r\n\r\nabc")),
    /an encoding that nobody asked for/,
  ],
];

export async function listening(deed: Deed): Promise<{ readonly url: URL; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", () => deed(socket));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
