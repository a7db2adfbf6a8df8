/**
 * Prints what the fixtures' stacks are like once they are deployed, as JSON: stack to registrations. The program is
 * given what the stand-ins for the clouds would tell of each resource.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { Ledger } from "../../readiness/engine/ledger.ts";
import { runProgram } from "../../readiness/engine/run-program.ts";
import { secret, type WireObject } from "../../readiness/engine/wire.ts";
import { loadStack } from "../../readiness/inputs/stack-file.ts";
import { computed } from "../pulumi/stand-ins/behaviour.ts";

const { enter } = Ledger.prototype;
Ledger.prototype.enter = function (this: Ledger, declaration) {
  const entry = enter.call(this, declaration);
  const { registration } = entry;
  const { type, urn, props, additionalSecretOutputs } = registration;
  if (!registration.custom || type.startsWith("pulumi:")) return entry;
  const id = `${type.split(":").at(-1)?.toLowerCase()}-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;
  const told = computed(type, id, props) as WireObject;
  Object.assign(registration, { outputs: { ...told, ...props, id } });
  const shown = Object.entries(told).map(([key, value]) => [
    key,
    additionalSecretOutputs.includes(key) ? secret(value) : value,
  ]);
  return Object.assign(entry, { id, outputs: { ...entry.outputs, ...Object.fromEntries(shown) } });
};

const projectDir = join(import.meta.dirname, "../fixtures");
const deployed: Record<string, unknown> = {};
for (const stack of ["prod", "staging"]) {
  const { config, secretKeys } = loadStack(projectDir, stack);
  deployed[stack] = (await runProgram({ projectDir, stack, config, secretKeys })).registrations;
}
process.stdout.write(JSON.stringify(deployed));
