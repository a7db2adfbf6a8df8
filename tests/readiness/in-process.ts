/** Carries a command out in this process, as the command line does: its output, its status, its errors told. */
import { vi } from "vitest";
import { failureOf } from "../../readiness/failure.ts";
import type { Run } from "./project.ts";

export async function inProcess(
  command: () => Promise<number>,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const output = { stdout: "", stderr: "" };
  const catcher = (stream: "stdout" | "stderr") =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      output[stream] += text;
      return true;
    });
  const spies = [catcher("stdout"), catcher("stderr")];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const status = await command();
    return { status, ...output };
  } catch (error) {
    const { text, status } = failureOf(error);
    return { status, stdout: output.stdout, stderr: output.stderr + text };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}
