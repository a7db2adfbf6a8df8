/** Builds the npm packages: `npm run package`. */
import { join } from "node:path";
import { buildPackage } from "./build.ts";
import { buildCreatePackage } from "./create.ts";

const dist = join(import.meta.dirname, "../../dist");
buildPackage(join(dist, "package"));
buildCreatePackage(join(dist, "create-package"));
process.stdout.write("npm pack ./dist/package ./dist/create-package\n");
