/** Runs a program under Node.js, with the SDK's own runner, as the engine asks for it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import language, {
  type ProgramInfo,
  type RunRequest,
  type RunResponse,
} from "@pulumi/pulumi/proto/language_pb.js";

/** The SDK's runner ends with it when it has told the user what is wrong (cmd/run/index.js). */
const alreadyExplained = 32;

export async function runProgram(request: RunRequest, engineAddress: string): Promise<RunResponse> {
  const response = new language.RunResponse();
  const info = request.getInfo();
  if (!info) return response.setError("the engine names no program");
  const options = optionsOf(info);
  const program = spawn(
    process.execPath,
    [
      ...options.nodeArgs,
      resolveFrom(info, "@pulumi/pulumi/cmd/run"),
      ...runnerArgs(request, info, engineAddress),
    ],
    {
      cwd: info.getProgramDirectory(),
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        ...(options.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  process.on("exit", () => program.kill());
  const [status, signal] = await once(program, "exit");
  if (status === 0) return response;
  if (status === alreadyExplained) return response.setBail(true);
  return response.setError(`the program ended with ${signal ?? `exit status ${status}`}`);
}

/** The path of a module as code in the program's folder sees it. */
export function resolveFrom(info: ProgramInfo, module: string): string {
  return createRequire(join(info.getProgramDirectory(), "index.js")).resolve(module);
}

interface RuntimeOptions {
  /** Compile with ts-node; the default, as in Pulumi's own host. */
  readonly typescript: boolean;
  readonly nodeArgs: readonly string[];
}

/** `runtime.options` of the project file. */
export function optionsOf(info: ProgramInfo): RuntimeOptions {
  const { typescript, nodeargs } = info.getOptions()?.toJavaScript() ?? {};
  return {
    typescript: typescript !== false,
    nodeArgs: String(nodeargs ?? "")
      .split(" ")
      .filter((arg) => arg !== ""),
  };
}

function runnerArgs(request: RunRequest, info: ProgramInfo, engineAddress: string): string[] {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    "root-directory": info.getRootDirectory(),
    pwd: info.getProgramDirectory(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}
