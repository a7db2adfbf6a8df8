/** Transforms: functions of the program that change resources on their way to the engine. */
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb.js";
import { type CallbackServer, getStore, resource, SocketCallbackServer } from "./sdk.ts";

export class Transforms {
  readonly #ofStack: Callback[] = [];
  readonly #ofResource = new Map<string, { parent: string; own: readonly Callback[] }>();

  /** Adds a transform of every resource that is registered from now on. */
  add(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  /** Keeps a resource's own transforms for its children. */
  keep(urn: string, request: RegisterResourceRequest): void {
    this.#ofResource.set(urn, { parent: request.getParent(), own: request.getTransformsList() });
  }

  /** Changes a request by the transforms of the resource, then its ancestors', then the stack's. */
  async apply(request: RegisterResourceRequest): Promise<void> {
    const inherited = [];
    let ancestor = this.#ofResource.get(request.getParent());
    for (; ancestor; ancestor = this.#ofResource.get(ancestor.parent)) inherited.push(...ancestor.own);
    for (const callback of [...request.getTransformsList(), ...inherited, ...this.#ofStack]) {
      await transform(request, callback);
    }
  }
}

async function transform(request: RegisterResourceRequest, callback: Callback): Promise<void> {
  const question = new resource.TransformRequest()
    .setType(request.getType())
    .setName(request.getName())
    .setCustom(request.getCustom())
    .setParent(request.getParent())
    .setProperties(request.getObject())
    .setOptions(optionsOf(request));
  const run = getStore().callbacks?._callbacks.get(callback.getToken());
  if (!run) throw new Error("a transform is not registered");
  const answer = await run(question.serializeBinary());
  request.setObject(answer.getProperties());
  const options = answer.getOptions();
  if (!options) return;
  request
    .setDependenciesList(options.getDependsOnList())
    .setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList())
    .setProvider(options.getProvider())
    .setVersion(options.getVersion())
    .setPlugindownloadurl(options.getPluginDownloadUrl())
    .setImportid(options.getImport());
  request.setIgnorechangesList(options.getIgnoreChangesList()).setDeletedwith(options.getDeletedWith());
  if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
  else request.clearProtect();
  if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
  else request.clearRetainondelete();
}

/** The options that the embedded engine makes use of. */
function optionsOf(request: RegisterResourceRequest): TransformResourceOptions {
  const options = new resource.TransformResourceOptions()
    .setDependsOnList(request.getDependenciesList())
    .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
    .setProvider(request.getProvider())
    .setVersion(request.getVersion())
    .setPluginDownloadUrl(request.getPlugindownloadurl())
    .setImport(request.getImportid())
    .setIgnoreChangesList(request.getIgnorechangesList())
    .setDeletedWith(request.getDeletedwith());
  if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
  return options;
}

/**
 * The SDK's server of the program's functions, without its socket: what its constructor sets otherwise.
 * @param monitor the client that it registers functions with
 */
export function callbackServer(monitor: object): CallbackServer {
  return Object.assign(Object.create(SocketCallbackServer.prototype), {
    _callbacks: new Map(),
    _monitor: monitor,
    _pendingRegistrations: 0,
    _awaitQueue: [],
    _target: Promise.resolve("in-process"),
    shutdown() {},
  });
}
