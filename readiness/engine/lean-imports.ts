/**
 * Makes Pulumi's SDKs load in a fraction of their time: what a program does not use is not loaded. Import this before
 * anything that imports an SDK.
 */
import { readdirSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { dirname, join } from "node:path";

type Members = Record<string | symbol, unknown>;
type Callable = (...args: unknown[]) => object;

/** Stands between a program and a class that is loaded when it is first used. */
export const self = import.meta.url;

const require = createRequire(import.meta.url);
const pulumi = createRequire(require.resolve("@pulumi/pulumi"));

const seldomUsed = [
  // Sockets and tracing: the embedded engine has neither.
  "@grpc/grpc-js",
  "@opentelemetry/api",
  // The Pulumi CLI driven from a program, and providers written in Node.js.
  "./automation/index.js",
  "./provider/index.js",
  // Functions serialized for dynamic providers: a TypeScript compiler and parts of a package manager.
  "./typescript-shim.js",
  "@npmcli/arborist",
  "normalize-package-data",
  // Compares versions of packages that are loaded twice.
  "semver",
];
// Maps the positions of every stack trace that the SDK takes; a program that runs natively has none to map.
const sourceMaps = pulumi.resolve("source-map-support/register");
require.cache[sourceMaps] = Object.assign(new Module(sourceMaps), { loaded: true });
for (const name of seldomUsed) deferModule(pulumi.resolve(name));
for (const file of awsServices()) deferModule(file);
for (const name of [
  "@pulumi/aws",
  "@pulumi/cloudflare",
  "@pulumi/datadog",
  "@pulumi/random",
  "@pulumiverse/sentry",
  "@pulumiverse/vercel",
]) {
  // These load each resource's module when its class is read. Importing an SDK as an ES module reads them all.
  const utilities: Members = createRequire(require.resolve(name))("./utilities.js");
  utilities["lazyLoad"] = (exports: Members, names: readonly string[], load: () => Members) => {
    for (const member of names) exports[member] = deferred(() => load()[member] as Callable);
  };
}

function awsServices(): readonly string[] {
  const folder = dirname(require.resolve("@pulumi/aws"));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["node_modules", "types"].includes(entry.name))
    .map((entry) => join(folder, entry.name, "index.js"));
}

/** Loads a CommonJS module when a member of it is first read, unless it is loaded already. */
function deferModule(file: string): void {
  if (file in require.cache) return;
  const load = (): Members => {
    if (require.cache[file] === placeholder) delete require.cache[file];
    return require(file);
  };
  const own: Members = {
    // TypeScript's import helpers hand a module on untouched where it says that it is an ES module.
    __esModule: true,
    // gRPC's generated code makes its clients' classes as it loads.
    makeGenericClientConstructor: (...args: unknown[]) =>
      deferred(() => (load()["makeGenericClientConstructor"] as (...args: unknown[]) => Callable)(...args)),
  };
  const placeholder = new Module(file);
  placeholder.loaded = true;
  placeholder.exports = new Proxy(own, {
    get: (_, member) => own[member] ?? load()[member],
    has: (_, member) => member in load(),
    getOwnPropertyDescriptor: (_, member) => {
      const real = Object.getOwnPropertyDescriptor(load(), member);
      return real && { ...real, configurable: true };
    },
  });
  require.cache[file] = placeholder;
}

/** A class or function that `load` gives when it is first called or a member of it is read. */
function deferred(load: () => Callable): Callable {
  const self: Callable = new Proxy(target as unknown as Callable, {
    get: (_, member) => Reflect.get(load(), member),
    apply: (_, receiver, args) => Reflect.apply(load(), receiver, args),
    construct: (_, args, subclass) => Reflect.construct(load(), args, subclass === self ? load() : subclass),
  });
  return self;
}

/** A function that can be called and constructed, so that its proxies can be. */
function target(): void {}
