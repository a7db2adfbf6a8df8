/**
 * The resource monitor: answers the program's requests as Pulumi's engine does in a preview of a stack that has
 * nothing deployed, and records what the program declares. The methods are those of the protocol's service
 * `pulumirpc.ResourceMonitor`; `pkg/resource/deploy/source_eval.go` in pulumi/pulumi is the model.
 */
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import type {
  DeploymentInfo,
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterPackageRequest,
  RegisterPackageResponse,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceCallRequest,
  ResourceInvokeRequest,
  ResourceInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { callFunction } from "./functions.ts";
import type { Ledger, Plugin } from "./ledger.ts";
import { type Answers, isPlainCall, noAnswers } from "./lookups.ts";
import { resource } from "./sdk.ts";
import { sourcePosition } from "./source-position.ts";
import { Transforms } from "./transforms.ts";
import { fromStruct, toStruct, unknownValue, type WireObject } from "./wire.ts";

type PluginRequest = RegisterResourceRequest | ReadResourceRequest | ResourceInvokeRequest;

const Feature = resource.ResourceMonitorFeature;

export class Monitor {
  /** The stack's own outputs, once the program has come to its end. */
  outputs: WireObject = {};
  /** What was looked up and is not known, in the words of a message, each once. */
  readonly unanswered = new Set<string>();

  readonly #ledger: Ledger;
  readonly #projectDir: string;
  readonly #plugins = new Map<string, Plugin>();
  readonly #transforms = new Transforms();
  readonly #answers: Answers;

  constructor(ledger: Ledger, projectDir: string, answers: Answers = noAnswers) {
    this.#ledger = ledger;
    this.#answers = answers;
    this.#projectDir = projectDir;
  }

  getDeploymentInfo(): DeploymentInfo {
    return new resource.DeploymentInfo().setSupportedfeaturesList([
      Feature.RESOURCE_MONITOR_FEATURE_SECRETS,
      Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
      Feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
      Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
      Feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
      Feature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
      Feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
      Feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
      Feature.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
      Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
      Feature.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    ]);
  }

  async registerResource(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const parent = this.#ledger.find(request.getParent())?.registration;
    if (parent && !request.hasProtect()) request.setProtect(parent.protect);
    if (parent && !request.hasRetainondelete()) request.setRetainondelete(parent.retainOnDelete);
    await this.#transforms.apply(request);
    const type = request.getType();
    if (request.getRemote()) throw noPlugin(`the component ${type}`);
    const custom = request.getCustom();
    const isProvider = type.startsWith("pulumi:providers:");
    const { registration, id, outputs } = this.#ledger.declare({
      type,
      name: request.getName(),
      parent: request.getParent() || undefined,
      custom,
      inputs: {
        ...fromStruct(request.getObject()),
        ...(isProvider && request.getVersion() && { version: request.getVersion() }),
      },
      // A provider's reference needs some id.
      id: request.getImportid() || (isProvider ? unknownValue : ""),
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      ignoreChanges: request.getIgnorechangesList(),
      deletedWith: request.getDeletedwith() || undefined,
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      provider: custom && !isProvider ? this.#provider(type, request) : undefined,
      dependencies: request.getDependenciesList(),
      propertyDependencies: Object.fromEntries(
        [...request.getPropertydependenciesMap().entries()].map(([key, urns]) => [key, urns.getUrnsList()]),
      ),
      source: sourcePosition(request.getStacktrace(), this.#projectDir),
    });
    this.#transforms.keep(registration.urn, request);
    return new resource.RegisterResourceResponse()
      .setUrn(registration.urn)
      .setId(id)
      .setObject(toStruct(custom ? outputs : {}));
  }

  registerResourceOutputs(request: RegisterResourceOutputsRequest): void {
    const outputs = fromStruct(request.getOutputs());
    const { type } = this.#ledger.complete(request.getUrn(), outputs).registration;
    if (type === "pulumi:pulumi:Stack") this.outputs = outputs;
  }

  readResource(request: ReadResourceRequest): ReadResourceResponse {
    const token = request.getType();
    const id = request.getId();
    const found = this.#answers({ kind: "resource", token, provider: providerOf(request), args: { id } });
    const { registration } = this.#ledger.enter({
      read: true,
      ...(found && { outputs: { ...found, id } }),
      type: token,
      name: request.getName(),
      parent: request.getParent() || undefined,
      custom: true,
      inputs: { ...fromStruct(request.getProperties()), ...namedBy(token, id), ...found },
      id,
      protect: false,
      retainOnDelete: false,
      ignoreChanges: [],
      deletedWith: undefined,
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      provider: this.#provider(token, request),
      dependencies: request.getDependenciesList(),
      propertyDependencies: {},
      source: sourcePosition(request.getStacktrace(), this.#projectDir),
    });
    this.#ledger.reads.push(registration);
    // Which one it is may be known only after the deployment.
    if (found === undefined && id !== unknownValue) this.unanswered.add(`${token} ${id}`);
    return new resource.ReadResourceResponse().setUrn(registration.urn).setProperties(toStruct(found ?? {}));
  }

  invoke(request: ResourceInvokeRequest): ResourceInvokeResponse {
    const token = request.getTok();
    const args = fromStruct(request.getArgs());
    this.#provider(token, request);
    if (token === "pulumi:pulumi:getResource") {
      const { registration, id, outputs } = this.#ledger.get(String(args["urn"]));
      return new resource.ResourceInvokeResponse().setReturn(
        toStruct({ urn: registration.urn, id, state: outputs }),
      );
    }
    const answer =
      this.#answers({ kind: "function", token, provider: providerOf(request), args }) ??
      callFunction(token, args);
    if (answer) return new resource.ResourceInvokeResponse().setReturn(toStruct(answer));
    this.unanswered.add(token);
    if (isPlainCall()) {
      throw new Error(
        `nobody has told what ${token} answers, and its plain form needs it: call ${token.split(":").at(-1)}Output`,
      );
    }
    return new resource.ResourceInvokeResponse().setUnknown(true);
  }

  call(request: ResourceCallRequest): never {
    throw noPlugin(`the method ${request.getTok()}`);
  }

  registerPackage(request: RegisterPackageRequest): RegisterPackageResponse {
    const parameterized = request.getParameterization();
    const ref = String(this.#plugins.size + 1);
    this.#plugins.set(ref, {
      package: parameterized?.getName() ?? request.getName(),
      version: parameterized?.getVersion() ?? request.getVersion(),
      url: request.getDownloadUrl(),
    });
    return new resource.RegisterPackageResponse().setRef(ref);
  }

  registerStackTransform(callback: Callback): void {
    this.#transforms.add(callback);
  }

  // Hooks run before and after steps of a deployment, of which there are none.
  registerResourceHook(): void {}
  registerErrorHook(): void {}

  /** The URN of the provider that a request names, or of its package's default provider. */
  #provider(token: string, request: PluginRequest): string {
    const reference = request.getProvider();
    if (reference) return reference.slice(0, reference.lastIndexOf("::"));
    return this.#ledger.defaultProvider(
      this.#plugins.get(request.getPackageref()) ?? {
        package: token.split(":")[0] ?? "",
        version: request.getVersion(),
        url: request.getPlugindownloadurl(),
      },
    );
  }
}

/** What the id says by which a resource is read, of types of which it is an input. */
function namedBy(type: string, id: string): WireObject {
  const key = (
    {
      "aws:cloudwatch/logGroup:LogGroup": "name",
      "aws:rds/instance:Instance": "identifier",
      "aws:elasticache/replicationGroup:ReplicationGroup": "replicationGroupId",
    } as Readonly<Record<string, string>>
  )[type];
  return key === undefined ? {} : { [key]: id };
}

/** The name of the provider that a request asks by itself. */
function providerOf(request: PluginRequest): string {
  return request.getProvider().split("::").at(-2) ?? "";
}

function noPlugin(subject: string): Error {
  return new Error(`${subject} needs a provider plugin, which the embedded engine does not run`);
}
