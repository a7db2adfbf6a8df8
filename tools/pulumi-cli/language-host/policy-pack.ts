/**
 * Runs a policy pack. A pack has to know its stack as it loads, and the engine tells that only once it is connected:
 * so this answers the engine first, starts the pack when the stack is told, and hands everything on from then.
 */
import type { ChildProcess } from "node:child_process";
import {
  Client,
  credentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
} from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { RunPluginRequest } from "@pulumi/pulumi/proto/language_pb.js";
import { type Plugin, startPlugin } from "./plugin.ts";
import { optionsOf, resolveFrom } from "./program.ts";
import { messageLimit, serve } from "./service.ts";

type Handler = (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => void;

const same = (bytes: Buffer) => bytes;
/** The service with its messages left as they are. */
const opaque: ServiceDefinition = Object.fromEntries(
  Object.entries(services.AnalyzerService as unknown as ServiceDefinition).map(([name, method]) => [
    name,
    {
      ...method,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  ]),
);

/** @param output takes what the pack writes to its standard error */
export async function servePolicyPack(
  request: RunPluginRequest,
  output: (text: Buffer) => void,
): Promise<Plugin> {
  let pack: Promise<Started> | undefined;
  const handOn =
    (path: string, start: (message: Buffer) => Promise<Started>): Handler =>
    (call, done) => {
      pack ??= start(call.request);
      pack.then(
        ({ client }) => client.makeUnaryRequest(path, same, same, call.request, call.metadata, done),
        done,
      );
    };
  const handlers = Object.entries(opaque).map(([name, { path }]) => {
    const configures = name === "configureStack";
    return [name, handOn(path, (message) => start(request, configures ? stackOf(message) : {}, output))];
  });
  // The engine does without a handshake where the answer is that there is none; a pack's own server has none either.
  const methods = Object.fromEntries(handlers.filter(([name]) => name !== "handshake"));
  return {
    port: await serve(opaque, methods),
    stop: () =>
      pack?.then(({ process, client }) => {
        process.kill();
        client.close();
      }),
  };
}

interface Started {
  readonly process: ChildProcess;
  readonly client: Client;
}

async function start(
  request: RunPluginRequest,
  stack: Readonly<Record<string, string>>,
  output: (text: Buffer) => void,
): Promise<Started> {
  const info = request.getInfo();
  if (!info) throw new Error("the engine names no policy pack");
  const folder = info.getProgramDirectory();
  const runner = resolveFrom(info, "@pulumi/pulumi/cmd/run-policy-pack");
  const { nodeArgs } = optionsOf(info);
  const { process: child, port } = await startPlugin(
    [...nodeArgs, runner, ...request.getArgsList(), folder],
    { cwd: folder, env: { ...process.env, ...stack } },
    output,
  );
  const options = {
    "grpc.max_receive_message_length": messageLimit,
    "grpc.max_send_message_length": messageLimit,
  };
  return {
    process: child,
    client: new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options),
  };
}

/** What the SDK reads from its environment. */
function stackOf(message: Buffer): Readonly<Record<string, string>> {
  const stack = proto.AnalyzerStackConfigureRequest.deserializeBinary(message);
  return {
    PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
    PULUMI_NODEJS_PROJECT: stack.getProject(),
    PULUMI_NODEJS_STACK: stack.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().entries())),
  };
}
