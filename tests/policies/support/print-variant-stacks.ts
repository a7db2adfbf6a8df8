/** Prints what the variants of these titles declare, as JSON: title to registrations and parts. */
import { variantRun, variants } from "../../../tools/closed-world/stacks.ts";

const declared: Record<string, unknown> = {};
for (const title of process.argv.slice(2)) {
  const variant = variants.find((v) => v.title === title);
  if (!variant) throw new Error(`there is no variant "${title}"`);
  const { registrations, stack } = await variantRun(variant, new Date());
  declared[title] = { registrations, declared: stack.declared };
}
process.stdout.write(JSON.stringify(declared));
