/** Which migrations of node-pg-migrate can be taken back, told from what they would send to the database. */
import { existsSync } from "node:fs";
import { MigrationBuilder } from "node-pg-migrate/migrationBuilder";
import { loadMigrations } from "node-pg-migrate/runner";
import { UsageError } from "../../errors.ts";
import { clean } from "../../terminal/layout.ts";
import { effectsOf, statements } from "./sql.ts";

export type Way =
  /** What it added is taken away again, and with it nothing that anybody wrote. */
  | "reversible"
  /** Its way back takes along what was written since. */
  | "discards"
  /** It changed or removed what the release before needs: a contract step, which has no way back. */
  | "contract"
  /** It has no way back, or one that does nothing. */
  | "one-way"
  | "unclear";

export interface Judged {
  readonly name: string;
  readonly way: Way;
  readonly why: string;
}

export const migrationsTable = "pgmigrations";

/** Never asked: what a migration sends is collected, not sent. */
const nobody = {
  query: () => Promise.reject(new Error("asks the database while it is read")),
  select: () => Promise.reject(new Error("asks the database while it is read")),
  column: () => Promise.reject(new Error("asks the database while it is read")),
};
export const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Reads every migration of a folder; they run in this process, without a database.
 * @throws UsageError where the folder cannot be read
 */
export async function judgeMigrations(folder: string): Promise<readonly Judged[]> {
  if (!existsSync(folder)) throw new UsageError(`--migrations ${folder}: there is no such folder`);
  const options = { dir: folder, migrationsTable, direction: "down" as const };
  const loaded = await loadMigrations(nobody as never, options as never, silent as never).catch(
    (error: unknown) => {
      throw new UsageError(`--migrations ${folder}: ${error instanceof Error ? error.message : error}`);
    },
  );
  return Promise.all(
    loaded.map(async (migration) => ({ name: migration.name, ...(await judge(migration)) })),
  );
}

type Loaded = Awaited<ReturnType<typeof loadMigrations>>[number];

async function judge({ up, down, typeShorthands }: Loaded): Promise<Omit<Judged, "name">> {
  const forth = await sent(up, typeShorthands, false);
  if ("why" in forth) return { way: "unclear", why: `its up cannot be read: ${forth.why}` };
  const contract = effectsOf(forth.sql).find(({ effect }) => effect !== "unclear");
  if (contract)
    return {
      way: "contract",
      why: `its up has \`${short(contract.statement)}\`, which the release before does not expect`,
    };
  if (down === false) return { way: "one-way", why: "it has no down" };
  const back = await sent(down ?? up, typeShorthands, down === undefined);
  if ("why" in back) return { way: "one-way", why: `it has no down that can be read: ${back.why}` };
  if (statements(back.sql).length === 0 && statements(forth.sql).length > 0)
    return { way: "one-way", why: "its down does nothing" };
  const unclear = [...effectsOf(forth.sql), ...effectsOf(back.sql)].find(
    ({ effect }) => effect === "unclear",
  );
  if (unclear) return { way: "unclear", why: `\`${short(unclear.statement)}\` does not tell what it does` };
  const lost = effectsOf(back.sql).filter(({ effect }) => effect === "discards");
  if (lost.length > 0)
    return {
      way: "discards",
      why: `its down has \`${short(lost[0]?.statement ?? "")}\`: what was written there since is lost`,
    };
  return { way: "reversible", why: "its down takes back what its up added" };
}

/** What an action would send, or why that cannot be told. */
async function sent(
  action: Loaded["up"],
  shorthands: Loaded["typeShorthands"],
  reversed: boolean,
): Promise<{ readonly sql: string } | { readonly why: string }> {
  if (typeof action !== "function") return { why: "it is no function" };
  const builder = new MigrationBuilder(nobody as never, shorthands, false, silent as never);
  try {
    if (reversed) builder.enableReverseMode();
    await (action.length === 2
      ? new Promise<void>((resolve) => action(builder, resolve))
      : action(builder, () => {}));
    return { sql: builder.getSqlSteps().join("\n") };
  } catch (error) {
    return { why: clean(error instanceof Error ? error.message : String(error)).slice(0, 120) };
  }
}

function short(statement: string): string {
  return clean(statement).slice(0, 80);
}
