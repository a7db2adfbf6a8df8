/** The body of an answer, streamed: a bomb goes off below the limit. */
import type { IncomingMessage } from "node:http";
import { PassThrough, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Limits } from "./limits.ts";

export interface Body {
  readonly text: string;
  readonly wireBytes: number;
  readonly bytes: number;
  readonly odd: readonly string[];
}

const unpackers: Readonly<Record<string, () => Transform>> = {
  identity: () => new PassThrough(),
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What it came to, or the code of why it did not. */
export async function bodyOf(
  response: IncomingMessage,
  { bodyBytes }: Limits,
): Promise<Body | { readonly code: string }> {
  const encoding = (response.headers["content-encoding"] || "identity").trim().toLowerCase();
  const unpacker = Object.hasOwn(unpackers, encoding) ? unpackers[encoding]?.() : undefined;
  if (!unpacker) return { code: "ENCODING" };
  const chunks: Buffer[] = [];
  let [wireBytes, bytes] = [0, 0];
  response.on("data", (chunk: Buffer) => {
    wireBytes += chunk.length;
  });
  try {
    await pipeline(response, unpacker, async (unpacked) => {
      for await (const chunk of unpacked) {
        bytes += chunk.length;
        if (bytes > bodyBytes || wireBytes > bodyBytes) throw Object.assign(new Error(), { code: "BYTES" });
        chunks.push(chunk);
      }
    });
  } catch (error) {
    return { code: String(Object(error).code ?? "ECONNRESET") };
  }
  return { ...decoded(Buffer.concat(chunks)), wireBytes, bytes };
}

function decoded(bytes: Buffer): { readonly text: string; readonly odd: readonly string[] } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), odd: [] };
  } catch {
    return { text: bytes.toString("utf8"), odd: ["no UTF-8"] };
  }
}
