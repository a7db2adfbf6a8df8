/** Makes a copy of this project another product's: `node write-other-product.ts <folder>`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { otherProduct, otherStacks } from "./other-product.ts";
import { edit } from "./project.ts";

const [, , folder] = process.argv;
if (!folder) throw new Error("no folder is named");
edit(join(folder, "Pulumi.yaml"), /^name: .*$/m, "name: ledger-operations");
for (const stack of otherStacks) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), otherProduct(stack));
