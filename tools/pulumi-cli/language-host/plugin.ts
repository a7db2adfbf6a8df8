/** Starts plugins that Node.js runs: each says first at which port it listens. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

export interface Plugin {
  /** Where the engine finds it. */
  readonly port: number;
  stop(): void;
}

/** @param output takes what it writes besides */
export async function startPlugin(
  args: readonly string[],
  options: Pick<SpawnOptions, "cwd" | "env">,
  output: (text: Buffer) => void,
): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  child.stderr.on("data", output);
  const [port] = await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(() => [undefined]),
  ]);
  if (port === undefined) throw new Error(`the plugin ended with exit status ${child.exitCode}`);
  child.stdout.on("data", output);
  return { process: child, port: Number(port) };
}
