/**
 * The parts of Pulumi's SDKs that the embedded engine uses; the automation API and the policy server use the same
 * ones. Where their published types leave something out, it is declared here; package.json pins the versions.
 *
 * They are required, since importing a CommonJS module makes Node parse it three times, and these are large.
 */
import "./lean-imports.ts";
import { createRequire } from "node:module";
import type { TransformResponse } from "@pulumi/pulumi/proto/resource_pb.js";

/** Everything that the SDK knows of one run. */
export interface Store {
  settings: { monitor?: object; engine?: object };
  callbacks?: CallbackServer;
  stackResource?: Parent;
  /** Resources whose registration has begun and not reached the engine. */
  pendingResourceRegistrations: Map<object, PendingRegistration>;
}
/** A resource, of which the SDK knows the children. */
export interface Parent {
  __childResources?: Set<Parent>;
}
/** Keeps functions of the program that the engine may call. */
export interface CallbackServer {
  /** Transforms by their tokens; each takes a `TransformRequest`. */
  _callbacks: Map<string, (request: Uint8Array) => Promise<TransformResponse>>;
}
export interface PendingRegistration {
  type?: string;
  name?: string;
  label: string;
  phase: "dependencies" | "inputs" | "parent" | "provider" | "dependency-urns";
  inputProperty?: string;
}

interface State {
  /** Runs a function with a store of its own, which everything that it starts sees too. */
  withLocalStorage<T>(callback: () => T): T;
  getStore(): Store;
}
interface Debuggable {
  debuggablePromise: <T>(promise: Promise<T>, context?: unknown) => Promise<T>;
}
interface Deserialize {
  /** A resource's inputs as a policy reads them. */
  deserializeProperties(
    struct: { toJavaScript(): Readonly<Record<string, unknown>> },
    proxySecrets: boolean,
  ): Record<string, unknown>;
}

interface Rpc {
  /** Gives a resource an output for each property. @returns what resolves each of them */
  transferProperties(
    resource: object,
    label: string,
    props: object,
  ): Readonly<Record<string, (...answer: never[]) => void>>;
}
type OutputClass = new (
  resource: object,
  value: Promise<unknown>,
  isKnown: Promise<boolean>,
  isSecret: Promise<boolean>,
  resources: Promise<readonly object[]>,
) => object;

const require = createRequire(import.meta.url);
/** Finds the SDK's own dependencies. */
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi"));

type Resources = typeof import("@pulumi/pulumi/proto/resource_pb.js");
type ResourceServices = typeof import("@pulumi/pulumi/proto/resource_grpc_pb.js");
type Engine = typeof import("@pulumi/pulumi/proto/engine_pb.js");
type EngineServices = typeof import("@pulumi/pulumi/proto/engine_grpc_pb.js");
type Structs = typeof import("google-protobuf/google/protobuf/struct_pb.js");
type Callbacks = typeof import("@pulumi/pulumi/runtime/callbacks.js");

export const { Resource, runtime }: typeof import("@pulumi/pulumi") = require("@pulumi/pulumi");
export const resource: Resources = require("@pulumi/pulumi/proto/resource_pb.js");
export const {
  ResourceMonitorService,
}: ResourceServices = require("@pulumi/pulumi/proto/resource_grpc_pb.js");
export const { LogSeverity }: Engine = require("@pulumi/pulumi/proto/engine_pb.js");
export const { EngineService }: EngineServices = require("@pulumi/pulumi/proto/engine_grpc_pb.js");
export const { Struct, Value }: Structs = requireOfSdk("google-protobuf/google/protobuf/struct_pb.js");
export const {
  CallbackServer: SocketCallbackServer,
}: Callbacks = require("@pulumi/pulumi/runtime/callbacks.js");
export const { getStore, withLocalStorage }: State = require("@pulumi/pulumi/runtime/state.js");
export const debuggable: Debuggable = require("@pulumi/pulumi/runtime/debuggable.js");
export const rpc: Rpc = require("@pulumi/pulumi/runtime/rpc.js");
export const { Output }: { Output: OutputClass } = require("@pulumi/pulumi/output.js");
export const { deserializeProperties }: Deserialize = require("@pulumi/policy/deserialize.js");
