/** Names of files that are there for a moment; those of processes that were killed are removed by the next. */
import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isGone, thisProcess } from "./owner.ts";

const tidied = new Set<string>();

/** A name that nobody can know in advance and nobody else has. */
export function temporaryIn(folder: string): string {
  if (!tidied.has(folder)) tidy(folder);
  tidied.add(folder);
  const { pid, start } = thisProcess();
  return join(folder, `.${hostInName()}.${pid}.${start}.${randomUUID()}.tmp`);
}

function tidy(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, host, pid, start = ""] = /^\.([\w-]+)\.(\d+)\.(\d*)\.[\da-f-]{36}\.tmp$/.exec(name) ?? [];
    if (host !== hostInName() || !isGone({ pid: Number(pid), host: hostname(), start })) continue;
    rmSync(join(folder, name), { force: true });
  }
}

function hostInName(): string {
  return hostname().replace(/[^\w-]/g, "_");
}
