/** The policy pack as a folder that `pulumi policy publish` takes, which packs nothing from outside of it. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import project from "../../package.json" with { type: "json" };
import pack from "../../policies/package.json" with { type: "json" };

const policies = join(import.meta.dirname, "../../policies");

/** Left out of the bundle: Pulumi's own, of which the pack's process may hold one copy only. */
const dependencies = {
  "@pulumi/policy": project.dependencies["@pulumi/policy"],
  "@pulumi/pulumi": project.dependencies["@pulumi/pulumi"],
};

export async function bundlePack(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: join(policies, "published.ts"),
    platform: "node",
    external: (id) => Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`)),
  });
  // CommonJS: Pulumi's runner requires a pack.
  await bundle.write({ file: join(folder, "index.js"), format: "cjs" });
  await bundle.close();
  mkdirSync(folder, { recursive: true });
  const { name } = pack;
  const { version, license, engines } = project;
  const manifest = { name, version, license, main: "index.js", engines, dependencies };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(
    join(folder, "PulumiPolicy.yaml"),
    "description: The production-readiness checklist, enforced on every preview and update\nruntime: nodejs\n",
  );
  cpSync(join(policies, "../LICENSE"), join(folder, "LICENSE"));
}
