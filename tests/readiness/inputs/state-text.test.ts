import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, it } from "vitest";
import { stateText } from "../../../readiness/inputs/state-text.ts";

const text = '{"version": 3, "ü": "€"}';
const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");

it.each<[string, Buffer]>([
  ["as it is", Buffer.from(text)],
  ["with a byte order mark", Buffer.from(`\uFEFF${text}`)],
  ["as Windows PowerShell redirects it", utf16],
  ["in the other order of bytes", Buffer.from(utf16).swap16()],
  ["compressed with gzip", gzipSync(text)],
  ["compressed with zstd", zstdCompressSync(text)],
])("a state is read %s", (_, file) => {
  expect(stateText(file)).toBe(text);
});

it("nothing is read from what is compressed and damaged", () => {
  expect(() => stateText(gzipSync(text).subarray(0, 20))).toThrow();
  expect(() => stateText(zstdCompressSync(text).subarray(0, 20))).toThrow();
});
