/** Runs a component provider, with the SDK's own runner. */
import type { RunPluginRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { type Plugin, startPlugin } from "./plugin.ts";
import { resolveFrom } from "./program.ts";

/** @param output takes what it writes to its standard error */
export async function startProvider(
  request: RunPluginRequest,
  output: (text: Buffer) => void,
): Promise<Plugin> {
  const info = request.getInfo();
  if (!info) throw new Error("the engine names no plugin");
  const runner = resolveFrom(info, "@pulumi/pulumi/cmd/run-plugin");
  const { process, port } = await startPlugin(
    [runner, info.getProgramDirectory(), ...request.getArgsList()],
    { cwd: request.getPwd(), env: Object.fromEntries(request.getEnvList().map(entry)) },
    output,
  );
  return { port, stop: () => process.kill() };
}

/** What the engine hands on, `NAME=value` each. */
function entry(variable: string): readonly [string, string] {
  const at = variable.indexOf("=");
  return [variable.slice(0, at), variable.slice(at + 1)];
}
