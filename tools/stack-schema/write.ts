/** Writes the JSON schema of stack files: `npm run config:schema`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileSchema } from "./schema.ts";

writeFileSync(
  join(import.meta.dirname, "../../model/config/stack.schema.json"),
  `${JSON.stringify(stackFileSchema(), null, 2)}\n`,
);
