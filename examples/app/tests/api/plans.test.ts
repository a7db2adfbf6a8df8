import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fill } from "../../db/seed.ts";
import { appDatabase, type OwnDatabase } from "../support/database.ts";

let database: OwnDatabase;
let client: Client;
beforeAll(async () => {
  database = await appDatabase();
  client = await database.connect();
  await fill(client, 2_000);
});
afterAll(() => database.drop());

const queries = readFileSync(join(import.meta.dirname, "../../db/queries.sql"), "utf8")
  .split(/;\s*(?:\n|$)/)
  .filter(Boolean);

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly Plan[];
}
const scans = (plan: Plan): readonly string[] => [
  ...(plan["Node Type"] === "Seq Scan" ? [`reads all of ${plan["Relation Name"]}`] : []),
  ...(plan.Plans ?? []).flatMap(scans),
];

it.each(queries)("an index answers: %s", async (query) => {
  const { rows } = await client.query(`explain (format json) ${query}`);
  expect(scans(rows[0]["QUERY PLAN"][0].Plan)).toEqual([]);
});
