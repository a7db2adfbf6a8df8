/** Stops an update of production that is not ready: a program in another language starts without what stops ours. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { tierOf } from "../model/tier.ts";
import { objectionTo } from "../policies/release-verdict.ts";

let asked = false;

/** @throws Error where the stack is production's and may not be updated now; asked once for an update */
export function refuseUnready(): void {
  const stack = pulumi.getStack();
  const config = pulumi.runtime.allConfig();
  const tier = tierOf(stack, config["readiness:tier"]);
  if (asked || pulumi.runtime.isDryRun() || tier !== "production") return;
  const objection = objectionTo(projectFolder(process.cwd()), stack, config);
  if (objection !== undefined) throw new Error(`${stack} is not updated: ${objection}`);
  asked = true;
}

/** The engine starts plugins in the program's folder, which `main` in Pulumi.yaml can put below the project's. */
function projectFolder(folder: string): string {
  const isProject = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((name) =>
    existsSync(join(folder, name)),
  );
  const above = dirname(folder);
  if (isProject || above === folder) return folder;
  return projectFolder(above);
}
