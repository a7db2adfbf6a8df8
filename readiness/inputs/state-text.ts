/** The text of a state file, however a backend or a shell has packed it. */
import { constants } from "node:buffer";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

/** What the file begins with, and how it is opened then; Pulumi tells compressed checkpoints by the same bytes. */
const packings: readonly (readonly [
  mark: readonly number[],
  open: (bytes: Buffer, bounds: { readonly maxOutputLength: number }) => Buffer,
])[] = [
  [[0x1f, 0x8b], gunzipSync],
  [[0x28, 0xb5, 0x2f, 0xfd], zstdDecompressSync],
];

/** The byte order marks that PowerShell writes. */
const encodings: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/**
 * @param longest bytes that the text may have
 * @throws where it is compressed and damaged, or longer
 */
export function stateText(file: Buffer, longest: number = constants.MAX_STRING_LENGTH): string {
  const begins = (bytes: Buffer, mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte);
  const bytes =
    packings.find(([mark]) => begins(file, mark))?.[1](file, { maxOutputLength: longest }) ?? file;
  const encoding = encodings.find(([mark]) => begins(bytes, mark))?.[1] ?? "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
