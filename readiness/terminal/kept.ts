/** Keeps what a process says while it says it. */
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";

/** Into a file and onto standard output; ends when the process has said all. */
export async function keptIn(path: string, stdout: NodeJS.ReadableStream | null): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path);
  stdout?.on("data", (chunk) => process.stdout.write(chunk));
  stdout?.pipe(file);
  await finished(file);
}
