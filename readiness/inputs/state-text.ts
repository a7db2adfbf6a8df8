/** The text of a state file, however a backend or a shell has packed it. */
import { constants } from "node:buffer";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

/** What a text can hold at most. */
const bounds = { maxOutputLength: constants.MAX_STRING_LENGTH };

/** What the file begins with, and how it is opened then; Pulumi tells compressed checkpoints by the same bytes. */
const packings: readonly (readonly [mark: readonly number[], open: (bytes: Buffer) => Buffer])[] = [
  [[0x1f, 0x8b], (bytes) => gunzipSync(bytes, bounds)],
  [[0x28, 0xb5, 0x2f, 0xfd], (bytes) => zstdDecompressSync(bytes, bounds)],
];

/** The byte order marks that PowerShell writes. */
const encodings: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** @throws where it is compressed and damaged */
export function stateText(file: Buffer): string {
  const begins = (bytes: Buffer, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);
  const bytes = packings.find(([mark]) => begins(file, mark))?.[1](file) ?? file;
  const encoding = encodings.find(([mark]) => begins(bytes, mark))?.[1] ?? "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
