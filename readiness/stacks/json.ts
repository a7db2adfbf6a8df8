/** The table as JSON; report.schema.json describes it. */
import packageJson from "../../package.json" with { type: "json" };
import { jsonPieces } from "../terminal/json-text.ts";
import type { Table, TableOptions } from "./table.ts";

export const stacksSchemaVersion = "1.0";

export function tableJson(table: Table, { purpose }: TableOptions): Iterable<string> {
  const { name, version } = packageJson;
  return jsonPieces({ schemaVersion: stacksSchemaVersion, tool: { name, version }, purpose, ...table });
}
