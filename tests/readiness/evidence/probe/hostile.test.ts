import type { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authority, type Certificate } from "./authority.ts";
import { answer, faults, goodHeaders, host, lookAt, type Site } from "./site.ts";

let authority: Authority;
let certificate: Certificate;

beforeAll(() => {
  authority = new Authority();
  certificate = authority.issue([host]);
});
afterAll(() => authority.remove());

/** @param milliseconds for what never ends; else long enough for a machine that is busy */
async function look(site: Partial<Site>, milliseconds?: number) {
  const reach = { ca: authority.root, ...(milliseconds && { milliseconds }) };
  const record = await lookAt({ certificate, ...site }, reach);
  const { transport, headers } = faults(record);
  for (const fault of [transport, headers]) {
    const control = /[\p{Cc}\p{Cf}]/u;
    expect(fault?.observed ?? "").not.toMatch(control);
  }
  return { record, transport: transport?.observed, headers: headers?.observed };
}

/** The bytes of an answer, and no more of it. */
const bytes =
  (text: string, end = true): Site["secure"] =>
  (_, response) => {
    const socket = response.socket as Socket;
    socket.write(Buffer.from(text, "latin1"));
    if (end) socket.end();
  };
const lines = Object.entries(goodHeaders)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("");

describe("a server that", () => {
  it("takes connections and stays silent is no site", async () => {
    const { record, transport, headers } = await look({ raw: () => {}, plain: () => {} }, 300);
    expect(record.handshakes.map(({ failure }) => failure)).toEqual(Array(4).fill("ETIMEDOUT"));
    expect(transport).toBe("no answer of the site tells the time");
    expect(headers).toBe(`https://${host}/ does not answer (ETIMEDOUT)`);
  });

  it("is silent over plain HTTP alone may serve others there", async () => {
    // Long enough for the rest of it, which answers.
    const { record, transport } = await look({ plain: () => {} }, 3_000);
    expect(record.pages[0]?.plain).toEqual({
      exchanges: [],
      failure: { phase: "answer", code: "ETIMEDOUT" },
    });
    expect(transport).toBe(`https://${host}/ over plain HTTP does not answer (ETIMEDOUT)`);
  });

  it("closes at once shows no certificate", async () => {
    const { headers } = await look({ raw: (socket) => socket.destroy() });
    expect(headers).toMatch(/does not answer \(ECONNRESET\)$/);
  });

  it("speaks something else than TLS has no version of it", async () => {
    const { record, headers } = await look({ raw: (socket) => socket.end("SSH-2.0-x\r\n") });
    expect(record.handshakes.every(({ failure }) => failure !== null)).toBe(true);
    expect(headers).toMatch(/does not answer/);
  });

  it.each([
    [
      "sends more headers than anybody reads",
      bytes(`HTTP/1.1 200 OK\r\nx: ${"a".repeat(300_000)}\r\n\r\n`),
      /HPE_HEADER_OVERFLOW/,
    ],
    [
      "sends control characters",
      bytes("HTTP/1.1 200 OK\r\nserver: \u001b]0;owned\u0007\r\n\r\n"),
      /HPE_INVALID_HEADER_TOKEN/,
    ],
    ["sends no HTTP", bytes("hello\r\n\r\n"), /HPE_/],
    [
      "switches to another protocol",
      bytes("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
      /ECONNRESET/,
    ],
    ["ends before its headers do", bytes("HTTP/1.1 200 OK\r\nserver: x"), /ECONNRESET/],
    ["answers with a status that is none", bytes(`HTTP/1.1 999 ?\r\n${lines}\r\n`), /answers 999$/],
    [
      "has no such page",
      (_: unknown, r: { writeHead: (s: number) => { end: () => void } }) => r.writeHead(404).end(),
      /answers 404$/,
    ],
  ] as readonly [string, Site["secure"], RegExp][])("%s has no page", async (_, secure, observed) => {
    expect((await look({ secure: secure ?? answer() })).headers).toMatch(observed);
  });

  it("drips its headers is not waited for", async () => {
    const secure = bytes("HTTP/1.1 200 OK\r\nserver: x\r\n", false);
    expect((await look({ ...(secure && { secure }) }, 1_500)).headers).toMatch(/ETIMEDOUT/);
  });

  it("redirects with escapes in the address has them told as text", async () => {
    const location = "https://evil.example/\u009b31m";
    const secure = bytes(`HTTP/1.1 302 Found\r\nlocation: ${location}\r\n\r\n`);
    expect((await look({ ...(secure && { secure }) })).headers).toMatch(
      /redirects to https:\/\/evil\.example\/%C2%9B31m/,
    );
  });
});

describe("a body that", () => {
  const unread = /a page that cannot be read to its end \(-20\)/;
  const page = "<script src=/a.js></script>";
  it.each([
    ["is larger than what is read", answer(goodHeaders, page + " ".repeat(300_000))],
    [
      "is compressed though nobody asked for it",
      answer({ ...goodHeaders, "content-encoding": "gzip" }, page),
    ],
    ["breaks off", bytes(`HTTP/1.1 200 OK\r\n${lines}content-length: 1000\r\n\r\n${page}`)],
    ["has a script without an end", answer(goodHeaders, '<script src="/a.js')],
  ] as readonly [string, Site["secure"]][])("%s may have any script", async (_, secure) => {
    expect((await look({ secure: secure ?? answer() })).headers).toMatch(unread);
  });

  it("never ends is not waited for", async () => {
    const secure = bytes(`HTTP/1.1 200 OK\r\n${lines}\r\n${page}`, false);
    expect((await look({ ...(secure && { secure }) }, 1_500)).headers).toMatch(unread);
  });
});
