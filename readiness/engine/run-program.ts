/** Runs a Pulumi program against the embedded engine: a preview without account, credentials, plugins or CLI. */
import "./lazy-outputs.ts";
import "./no-debug-messages.ts";
import { pathToFileURL } from "node:url";
import { declarationOf } from "../../model/declaration.ts";
import type { Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";
import { EngineLog, type LogEntry } from "./engine-log.ts";
import { inProcessClient } from "./in-process.ts";
import { Ledger } from "./ledger.ts";
import type { Answers } from "./lookups.ts";
import { Monitor } from "./monitor.ts";
import { provider, readProject } from "./project.ts";
import { type Registration, toStack } from "./registration.ts";
import {
  debuggable,
  EngineService,
  getStore,
  type Parent,
  ResourceMonitorService,
  runtime,
  type Store,
  withLocalStorage,
} from "./sdk.ts";
import { settle } from "./settle.ts";
import { callbackServer } from "./transforms.ts";
import { plainProperties, type WireObject } from "./wire.ts";

export interface ProgramOptions {
  /** Folder of `Pulumi.yaml`. */
  readonly projectDir: string;
  readonly stack: string;
  /** Fully qualified key (`aws:region`) to value; objects as JSON. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secret. */
  readonly secretKeys: readonly string[];
  /**
   * Sees every registration before it is recorded; may change it, or drop it by returning undefined. The program
   * does not notice. For mutation tests.
   */
  readonly intercept?: (registration: Registration) => Registration | undefined;
  /** What lookups have answered before; nothing is known of any where absent. */
  readonly answers?: Answers;
}

export interface ProgramRun {
  /** What the rules look at. */
  readonly stack: Stack;
  /** In the order of their declaration; the stack itself and default providers are among them, as in a real preview. */
  readonly registrations: readonly Registration[];
  /** Of what it reads, which others have made. */
  readonly reads: readonly Registration[];
  /** The stack's outputs; a secret one is `[secret]`, an unknown one the sentinel string of Pulumi's protocol. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly log: readonly LogEntry[];
  /** What it looked up and nobody knows, in words, sorted. */
  readonly unanswered: readonly string[];
}

// The SDK takes a stack trace of every promise to explain leaks at exit: half of the time of a run. `stalled` does.
debuggable.debuggablePromise = (promise) => promise;

let runs = 0;
let latest: Promise<unknown> = Promise.resolve();

/**
 * Runs the program of a project, after the run before it has ended. The entry module is evaluated anew each time;
 * the modules that it imports are evaluated once for the process, so they declare nothing as they load.
 * @throws the program's own error as it was thrown; an `Error` where the engine refuses a request, where the program
 * logs an error, and where it waits for something that never comes
 */
export function runProgram(options: ProgramOptions): Promise<ProgramRun> {
  const run = latest.then(() => withLocalStorage(() => runAlone(options)));
  latest = run.catch(() => undefined);
  return run;
}

async function runAlone(options: ProgramOptions): Promise<ProgramRun> {
  const project = await readProject(options.projectDir);
  const { main } = project;
  if (main === undefined) {
    throw new UsageError(
      `Pulumi.yaml says runtime ${project.runtime}, must be nodejs or have packages.${provider}; what such a program has deployed is checked with --state`,
    );
  }
  const ledger = new Ledger({ ...options, project: project.name });
  const monitor = new Monitor(ledger, project.dir, options.answers);
  const engine = new EngineLog();
  const store = getStore();
  runtime.resetOptions(project.name, options.stack, 0, "", "", true, "organization");
  runtime.setAllConfig({ ...options.config }, [...options.secretKeys]);
  store.settings.monitor = inProcessClient(Object.keys(ResourceMonitorService), monitor);
  store.settings.engine = inProcessClient(Object.keys(EngineService), engine);
  store.callbacks = callbackServer(store.settings.monitor);

  const end: { reached?: true; thrown?: { readonly error: unknown } } = {};
  const run = async () => {
    await runtime.runInPulumiStack(() => evaluate(main));
    await runtime.disconnect();
    end.reached = true;
  };
  const uncaught = await settle(
    () => run().catch((error: unknown) => Object.assign(end, { thrown: { error } })),
    () => getStore() === store,
  );
  runtime.disconnectSync();
  if (store.stackResource) release(store.stackResource);
  if (end.thrown) throw end.thrown.error;
  if (uncaught.length > 0) throw uncaught[0];
  if (!end.reached) throw stalled(store);
  const errors = engine.entries.filter((entry) => entry.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((entry) => entry.message).join("\n"));
  return {
    stack: toStack(
      options.stack,
      [...ledger.registrations, ...ledger.reads],
      undefined,
      declarationOf((name) => options.config[`readiness:${name}`]),
    ),
    registrations: ledger.registrations,
    reads: ledger.reads,
    outputs: shownOutputs(monitor.outputs),
    log: engine.entries,
    unanswered: [...monitor.unanswered].sort(),
  };
}

/** Node keeps the entry module, which keeps what it exports: let that not keep all other resources. */
function release({ __childResources: children }: Parent): void {
  for (const child of children ?? []) release(child);
  children?.clear();
}

/** What the entry module exports, as the language host takes it. */
async function evaluate(main: string): Promise<unknown> {
  runs += 1;
  const module = await import(`${pathToFileURL(main).href}?run=${runs}`);
  if (!("default" in module)) return module;
  if (Object.keys(module).length > 1) {
    throw new Error(
      "expected entrypoint module to have either a default export or named exports but not both",
    );
  }
  return typeof module["default"] === "function" ? module["default"]() : module["default"];
}

function shownOutputs(outputs: WireObject): Readonly<Record<string, unknown>> {
  const { props, secretPaths } = plainProperties(outputs);
  const isSecret = (key: string) => secretPaths.some((path) => path === key || path.startsWith(`${key}.`));
  return Object.fromEntries(
    Object.entries(props).map(([key, value]) => [key, isSecret(key) ? "[secret]" : value]),
  );
}

/** The error of a program that has come to rest without coming to its end. */
function stalled({ pendingResourceRegistrations }: Store): Error {
  const waiting = [...pendingResourceRegistrations.values()].map(
    ({ type, name, label, phase, inputProperty }) => {
      const what = inputProperty ? `input ${inputProperty}` : phase;
      return `  ${name && type ? `${name} [${type}]` : label} waits for its ${what}`;
    },
  );
  return new Error(
    ["the program waits for something that never comes", ...waiting].join(waiting.length > 0 ? ":\n" : ""),
  );
}
