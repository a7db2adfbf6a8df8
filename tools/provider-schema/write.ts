/** Writes the schema of the components for other languages: `npm run provider:schema`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerSchema } from "./schema.ts";

writeFileSync(
  join(import.meta.dirname, "../../provider/schema.json"),
  `${JSON.stringify(providerSchema(), null, 2)}\n`,
);
