/** Writes the pages of the standard: `npm run policies:docs`. What is there and no page any more goes. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { standardPages } from "./pages.ts";

const folder = join(import.meta.dirname, "../../docs/standard");

const pages = standardPages();
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file));
for (const [file, text] of pages) writeFileSync(join(folder, file), text);
