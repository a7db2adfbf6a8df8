/** Starts the policy pack the way the engine does, and asks it what the engine asks. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { credentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import google from "google-protobuf/google/protobuf/empty_pb.js";
import structs, { type JavaScriptValue, type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { PolicyRun } from "../../../policies/crossguard.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";

const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");

export interface Diagnostic {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  readonly urn: string;
}

export class Analyzer {
  readonly #process: ChildProcess;
  readonly #client: services.AnalyzerClient;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.#client = new services.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  /** @param packDir folder of the pack's package.json */
  static async start(
    packDir: string,
    run: Pick<PolicyRun, "stack" | "preview">,
    config?: Readonly<Record<string, string>>,
  ): Promise<Analyzer> {
    const child = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
      cwd: packDir,
      env: {
        ...process.env,
        PULUMI_NODEJS_STACK: run.stack,
        PULUMI_NODEJS_DRY_RUN: String(run.preview),
        ...(config && { PULUMI_CONFIG: JSON.stringify(config) }),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    if (child.exitCode !== null) throw new Error(`the policy pack ended with ${child.exitCode}`);
    return new Analyzer(child, Number(port));
  }

  async stop(): Promise<void> {
    this.#client.close();
    this.#process.kill();
    if (this.#process.exitCode === null) await once(this.#process, "exit");
  }

  /** Name, description and type of every policy. */
  async policies(): Promise<readonly proto.PolicyInfo.AsObject[]> {
    const info = await call<proto.AnalyzerInfo>((done) =>
      this.#client.getAnalyzerInfo(new google.Empty(), done),
    );
    return info.getPoliciesList().map((p) => p.toObject());
  }

  /** Pulumi's policy config of one policy. */
  async configure(policy: string, properties: Record<string, JavaScriptValue>): Promise<void> {
    const config = new proto.PolicyConfig()
      .setEnforcementlevel(proto.EnforcementLevel.MANDATORY)
      .setProperties(structs.Struct.fromJavaScript(properties));
    const request = new proto.ConfigureAnalyzerRequest();
    request.getPolicyconfigMap().set(policy, config);
    await call((done) => this.#client.configure(request, done));
  }

  /** What the engine asks before it creates or changes a resource; `stack` is where its provider is found. */
  async analyze(r: Registration, stack: readonly Registration[] = []): Promise<readonly Diagnostic[]> {
    const request = own(new proto.AnalyzeRequest(), r, stack);
    return diagnostics(await call((done) => this.#client.analyze(request, done)));
  }

  /** What the engine asks at the end. */
  async analyzeStack(registrations: readonly Registration[]): Promise<readonly Diagnostic[]> {
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList(
      registrations.map((r) => {
        // By then the engine shows outputs.
        const made = { ...r, props: { ...r.props, ...r.outputs } };
        const resource = own(new proto.AnalyzerResource(), made, registrations);
        resource.setParent(r.parent ?? "");
        resource.setDependenciesList([...r.dependencies]);
        for (const [property, urns] of Object.entries(r.propertyDependencies)) {
          const dependencies = new proto.AnalyzerPropertyDependencies();
          dependencies.setUrnsList([...urns]);
          resource.getPropertydependenciesMap().set(property, dependencies);
        }
        return resource;
      }),
    );
    return diagnostics(await call((done) => this.#client.analyzeStack(request, done)));
  }
}

function own<Message extends proto.AnalyzeRequest | proto.AnalyzerResource>(
  message: Message,
  r: Registration,
  stack: readonly Registration[],
) {
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(r.protect);
  options.setAdditionalsecretoutputsList([...r.additionalSecretOutputs]);
  message.setType(r.type).setUrn(r.urn).setName(r.name).setOptions(options).setProperties(struct(r));
  const provider = stack.find(({ urn }) => urn === r.provider);
  if (provider) {
    const reference = new proto.AnalyzerProviderResource().setProperties(struct(provider));
    message.setProvider(reference.setType(provider.type).setUrn(provider.urn).setName(provider.name));
  }
  return message;
}

function struct(r: Registration): Struct {
  return structs.Struct.fromJavaScript(r.props as Record<string, JavaScriptValue>);
}

function diagnostics(response: proto.AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((d) => ({
    policy: d.getPolicyname(),
    level: d.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
    message: d.getMessage(),
    urn: d.getUrn(),
  }));
}

function call<Response>(start: (done: (error: Error | null, response: Response) => void) => void) {
  return new Promise<Response>((resolve, reject) => {
    start((error, response) => (error ? reject(error) : resolve(response)));
  });
}
