/** Builds the npm package: `npm run package`. */
import { join } from "node:path";
import { buildPackage } from "./build.ts";

const folder = join(import.meta.dirname, "../../dist/package");
buildPackage(folder);
process.stdout.write("npm pack ./dist/package\n");
