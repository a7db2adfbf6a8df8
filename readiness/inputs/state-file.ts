/**
 * Reads the state of a stack as `pulumi stack export` writes it, or as a self-managed backend keeps it. No message
 * quotes what it cannot make sense of: that may be a secret.
 */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { issueAt } from "../../model/config/error.ts";
import { isMap } from "../../model/config/schema-walk.ts";
import { keysOf } from "../../model/config/wording.ts";
import { UsageError } from "../errors.ts";
import { JsonError, parseJson } from "../foreign-json.ts";
import { stateText } from "./state-text.ts";

/** Stands for standard input in the place of a file's name. */
export const standardInput = "-";

/** A file's name as messages show it. */
export function shownFile(file: string): string {
  return file === standardInput ? "from standard input" : file;
}

/** A state that cannot be used; its message is of the option that named it. */
export class StateError extends UsageError {
  /** The same by itself, for a list in which the file's name stands beside it. */
  readonly problem: string;

  /** @param said follows the file's name */
  constructor(file: string, said: string) {
    super(`--state ${shownFile(file)}${said}`);
    this.problem = said.replace(/^:? /, "");
  }
}

/** What is wrong where, what was found and what must be there. */
function unusable(file: string, problem: string): StateError {
  return new StateError(file, `: ${problem}; must be what \`pulumi stack export\` writes`);
}

/** Go leaves out what is empty; older versions of Pulumi wrote null. */
function orElse<T extends z.ZodType>(schema: T, empty: z.output<T>) {
  return schema.nullish().transform((value) => value ?? empty);
}

const flag = orElse(z.boolean(), false);
const urn = z.string().regex(/^urn:pulumi:[^:]+::[^:]+::.+::/s);
const urns = orElse(z.array(urn), []);

/** The part of `ResourceV3` in pulumi/pulumi, sdk/go/common/apitype/core.go, that rules can see. */
const resource = z.object({
  urn,
  type: z.string(),
  custom: flag,
  /** Given by the vendor; a component has none. */
  id: orElse(z.string(), ""),
  /** Replaced already, and waiting to be deleted. */
  delete: flag,
  /** Deleted already, and waiting to be created again. */
  pendingReplacement: flag,
  /** Read by the program and managed elsewhere. */
  external: flag,
  /** A provider's picture of a part of this other resource. */
  viewOf: orElse(z.string(), ""),
  inputs: orElse(z.record(z.string(), z.unknown()), {}),
  /** The inputs, and what the vendor made of them. */
  outputs: orElse(z.record(z.string(), z.unknown()), {}),
  parent: orElse(z.string(), ""),
  protect: flag,
  /** Marked to be replaced by the next update. */
  taint: flag,
  retainOnDelete: flag,
  ignoreChanges: orElse(z.array(z.string()), []),
  deletedWith: orElse(z.string(), ""),
  additionalSecretOutputs: orElse(z.array(z.string()), []),
  /** URN and id, with `::` between them. */
  provider: orElse(z.string(), ""),
  dependencies: urns,
  propertyDependencies: orElse(z.record(z.string(), urns), {}),
  /** What went wrong after the resource had been created or updated. */
  initErrors: orElse(z.array(z.unknown()), []),
});

/** The part of `DeploymentV3`. */
const deployment = z.object({
  manifest: z.object({ time: z.string() }),
  resources: orElse(z.array(resource), []),
  metadata: orElse(z.object({ integrity_error: z.unknown().optional() }), {}),
  /** What was going on when an update was cut off. */
  pending_operations: orElse(
    z.array(z.object({ type: z.string(), resource: z.object({ urn, type: z.string() }) })),
    [],
  ),
});

export type DeployedResource = z.infer<typeof resource>;
export type Deployment = z.infer<typeof deployment> & {
  /** What the file makes use of beyond version 3. */
  readonly features: readonly string[];
};

/** Of a stack that was made and never updated; the year 1 is Go's zero time. */
const nothingYet: z.output<typeof deployment> = {
  manifest: { time: "0001-01-01T00:00:00Z" },
  resources: [],
  metadata: {},
  pending_operations: [],
};

const features = orElse(z.array(z.string()), []);

/** `UntypedDeployment`, and `VersionedCheckpoint` of self-managed backends. */
const exported = z
  .object({ features, deployment })
  .transform((file): Deployment => ({ ...file.deployment, features: file.features }));
const checkpoint = z
  .object({ features, checkpoint: z.object({ latest: orElse(deployment, nothingYet) }) })
  .transform((file): Deployment => ({ ...file.checkpoint.latest, features: file.features }));

/**
 * Reads a state file.
 * @param file its path, or `-` for standard input
 * @throws UsageError where it cannot be read, is damaged, or is something else
 */
export async function readState(file: string): Promise<Deployment> {
  return stateIn(file, await readBytes(file));
}

/**
 * What the bytes of a state file hold.
 * @param file where they were read, for messages
 * @param longest bytes that its text may have; as many as a text can hold where absent
 * @throws StateError where they are damaged, too many, or something else
 */
export function stateIn(file: string, bytes: Buffer, longest?: number): Deployment {
  let text: string;
  try {
    text = stateText(bytes, longest);
  } catch {
    throw unusable(file, "it is compressed, and damaged or too large");
  }
  return parseState(file, text);
}

/**
 * What a state file holds.
 * @param file where it was read, for messages
 * @throws UsageError where it is damaged, or is something else
 */
export function parseState(file: string, json: string): Deployment {
  const content = contentOf(file, json);
  if (!isMap(content)) throw unusable(file, `found ${kindOf(content)}, must be a map`);
  const { version } = content;
  // Version 4 is version 3 with a list of the optional features that it uses.
  if (version !== 3 && version !== 4) throw unusable(file, versionProblem(version));
  const result = ("checkpoint" in content ? checkpoint : exported).safeParse(content, {
    error: ({ input, code, expected }) =>
      `found ${kindOf(input)}, must be ${code === "invalid_format" ? "a URN" : kinds[String(expected)]}`,
  });
  if (result.success) return result.data;
  const [first, ...others] = result.error.issues;
  const place = first ? issueAt(keysOf(first), "").path : "";
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  throw unusable(file, `${place}: ${first?.message}${more}`);
}

async function readBytes(file: string): Promise<Buffer> {
  if (file === standardInput) return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    if (code === "ENOENT") throw new StateError(file, ": there is no such file");
    if (code === "EISDIR") throw new StateError(file, " is a folder, must be a file");
    throw new StateError(file, ` cannot be read (${code})`);
  }
}

function contentOf(file: string, json: string): unknown {
  if (json.trim() === "") throw unusable(file, "it is empty");
  try {
    return parseJson(json);
  } catch (error) {
    throw error instanceof JsonError ? unusable(file, `it ${error.message}`) : error;
  }
}

function versionProblem(version: unknown): string {
  if (typeof version !== "number") return `version: found ${kindOf(version)}, must be 3 or 4`;
  return `version: found ${version}, must be 3 or 4: ${version < 3 ? "an older" : "a newer"} Pulumi wrote it`;
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return String(value);
  return typeof value === "object" ? "a map" : typeof value === "string" ? "a text" : "a number";
}
