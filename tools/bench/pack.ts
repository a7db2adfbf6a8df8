/** A policy pack, asked by the engine's protocol: what each resource costs, without engine and program. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type ClientHttp2Session, connect } from "node:http2";
import { createRequire } from "node:module";
import { join } from "node:path";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import structs, { type JavaScriptValue, type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Registration } from "../../readiness/engine/registration.ts";

/** What the engine asks a pack in the course of a preview, ready to send. */
export interface Questions {
  /** One for each resource. */
  readonly resources: readonly Buffer[];
  readonly stack: Buffer;
}

export function questionsOf(registrations: readonly Registration[]): Questions {
  const byUrn = new Map(registrations.map((r) => [r.urn, r]));
  const providerOf = ({ provider }: Registration) => {
    const found = byUrn.get(provider ?? "");
    return found && describe(new proto.AnalyzerProviderResource(), found);
  };
  const options = (r: Registration) =>
    new proto.AnalyzerResourceOptions()
      .setProtect(r.protect)
      .setAdditionalsecretoutputsList([...r.additionalSecretOutputs])
      .setParent(r.parent ?? "");
  const ask = (r: Registration) =>
    describe(new proto.AnalyzeRequest(), r).setOptions(options(r)).setProvider(providerOf(r));
  const inStack = (r: Registration) => {
    const resource = describe(new proto.AnalyzerResource(), r)
      .setOptions(options(r))
      .setProvider(providerOf(r));
    for (const [property, urns] of Object.entries(r.propertyDependencies)) {
      const dependencies = new proto.AnalyzerPropertyDependencies().setUrnsList([...urns]);
      resource.getPropertydependenciesMap().set(property, dependencies);
    }
    return resource.setParent(r.parent ?? "").setDependenciesList([...r.dependencies]);
  };
  const stack = new proto.AnalyzeStackRequest().setResourcesList(registrations.map(inStack));
  return {
    resources: registrations.map((r) => Buffer.from(ask(r).serializeBinary())),
    stack: Buffer.from(stack.serializeBinary()),
  };
}

interface Description {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
  setProperties(properties: Struct): unknown;
}

function describe<Message extends Description>(
  message: Message,
  { urn, type, name, props }: Registration,
): Message {
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  message.setProperties(structs.Struct.fromJavaScript(props as Record<string, JavaScriptValue>));
  return message;
}

/** Starts a pack as the language host does, asks it everything, and ends it. @returns milliseconds for the asking */
export async function ask(folder: string, { resources, stack }: Questions): Promise<number> {
  const runner = createRequire(join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const pack = spawn(process.execPath, [runner, "127.0.0.1:0", folder], {
    cwd: folder,
    env: {
      ...process.env,
      PULUMI_NODEJS_PROJECT: "bench",
      PULUMI_NODEJS_STACK: "prod",
      PULUMI_NODEJS_DRY_RUN: "true",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const session = connect(`http://127.0.0.1:${await portOf(pack)}`);
    const { remediate, analyze, analyzeStack } = services.AnalyzerService;
    await call(session, analyze.path, resources[0]); // the connection
    const started = performance.now();
    for (const resource of resources) {
      // As the engine does (pkg/resource/deploy/step_generator.go), one after the other.
      await call(session, remediate.path, resource);
      await call(session, analyze.path, resource);
    }
    await call(session, analyzeStack.path, stack);
    const ms = performance.now() - started;
    session.close();
    return ms;
  } finally {
    pack.kill();
  }
}

async function portOf(pack: ChildProcess): Promise<number> {
  let complaint = "";
  pack.stderr?.on("data", (text: Buffer) => {
    complaint += text;
  });
  const output = pack.stdout ? once(pack.stdout, "data") : Promise.reject(new Error("no output"));
  const ended = once(pack, "exit").then(() =>
    Promise.reject(new Error(`a policy pack did not start:\n${complaint}`)),
  );
  const [port] = await Promise.race([output, ended]);
  return Number(port);
}

/** gRPC's own client for Node.js takes as long as the policies do; the engine's, in Go, does not. */
async function call(
  session: ClientHttp2Session,
  path: string,
  message: Uint8Array = new Uint8Array(),
): Promise<void> {
  const length = Buffer.alloc(5);
  length.writeUInt32BE(message.length, 1);
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  });
  let status: unknown;
  stream.on("trailers", (headers) => {
    status = headers["grpc-status"];
  });
  stream.end(Buffer.concat([length, message]));
  stream.resume();
  await once(stream, "close");
  if (status !== "0") throw new Error(`${path} failed with gRPC's status ${status}`);
}
