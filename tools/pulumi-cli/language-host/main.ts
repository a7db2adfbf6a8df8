/**
 * Pulumi's language host for Node.js, `pulumi-language-nodejs`: the engine's own is no Go module, so it cannot be
 * built with the engine. This one runs programs, policy packs and component providers, and installs and generates nothing.
 */
import type { ServerUnaryCall, ServerWritableStream, sendUnaryData } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language, {
  type RunPluginRequest,
  type RunPluginResponse,
  type RunRequest,
  type RunResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { exitWithEngine } from "./engine-watch.ts";
import { servePolicyPack } from "./policy-pack.ts";
import { runProgram } from "./program.ts";
import { startProvider } from "./provider.ts";
import { serve } from "./service.ts";

const engineAddress = process.argv[2] ?? "";

function run(call: ServerUnaryCall<RunRequest, RunResponse>, done: sendUnaryData<RunResponse>): void {
  runProgram(call.request, engineAddress).then((response) => done(null, response), done);
}

function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const output = (text: Buffer) => call.write(new language.RunPluginResponse().setStderr(text));
  const start = call.request.getKind() === "analyzer" ? servePolicyPack : startProvider;
  start(call.request, output).then(
    (plugin) => {
      call.on("cancelled", plugin.stop);
      call.write(new language.RunPluginResponse().setStdout(Buffer.from(`${plugin.port}\n`)));
    },
    (error: Error) => call.destroy(error),
  );
}

const port = await serve(services.LanguageRuntimeService as never, {
  run,
  runPlugin,
  // What a plugin needs is there already.
  installDependencies: (call: ServerWritableStream<unknown, unknown>) => call.end(),
  // Plugins are found as the program asks for them.
  getRequiredPackages: (_: unknown, done: sendUnaryData<unknown>) =>
    done(null, new language.GetRequiredPackagesResponse()),
  getPluginInfo: (_: unknown, done: sendUnaryData<unknown>) =>
    done(null, new plugin.PluginInfo().setVersion("1.0.0")),
});
exitWithEngine(engineAddress);
console.log(String(port));
