/** Reads `Pulumi.<stack>.yaml` as Pulumi does, and says where in the file each problem is. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { issueAt, type Keys } from "../../model/config/error.ts";
import { isMap } from "../../model/config/schema-walk.ts";
import { ConfigError, type ConfigIssue, checkConfig, type StackSpec } from "../../model/config/stack-spec.ts";
import { type Declaration, declarationOf, undeclared } from "../../model/declaration.ts";
import { closest, didYouMean } from "../../model/suggest.ts";
import { unknownSecret } from "../../policies/unknown-value.ts";
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { pulumiProject } from "./pulumi-project.ts";
import { parseYaml, type YamlFile } from "./yaml-file.ts";

export interface StackFile {
  /** Fully qualified key to value, as Pulumi hands them to a program; maps and lists as JSON. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of which some part is encrypted; `unknownSecret` stands for that part. */
  readonly secretKeys: readonly string[];
  /** What is wrong with the file whatever the settings mean. */
  readonly issues: readonly ConfigIssue[];
  /** What Pulumi ESC adds to it, which only Pulumi can open: names of environments; nothing where there is none. */
  readonly environment: string | undefined;
  /** The line of a setting, or of the innermost one around it that is there. */
  readonly locate: (keys: Keys) => number | undefined;
}

/** Names of the stacks that have a stack file, sorted. */
export function listStacks(projectDir: string): string[] {
  const folder = join(projectDir, pulumiProject(projectDir).stackFolder);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).map((file) => /^Pulumi\.([\w.-]+)\.yaml$/.exec(file)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

/**
 * Reads and checks a stack's config.
 * @param projectDir folder of `Pulumi.yaml`
 * @throws ConfigError with every issue at once, each with its line
 */
export function loadStack(
  projectDir: string,
  stack: string,
): Pick<StackFile, "config" | "secretKeys" | "environment"> & { readonly spec: StackSpec } {
  const file = readStackFile(projectDir, stack);
  const { issues: fileIssues, locate } = file;
  const { config, secretKeys } = file.environment === undefined ? file : withSecretsOf(file);
  const { spec, issues: specIssues } = checkConfig(stack, config);
  const told = new Set(fileIssues.map((i) => i.keys[0]));
  const issues = [...fileIssues, ...specIssues.filter((i) => !told.has(i.keys[0]))]
    .map((issue) => ({ issue, line: locate(issue.keys) ?? 1 }))
    .sort((a, b) => a.line - b.line)
    .map(({ issue, line }) => ({ ...issue, place: `${fileName(stack)}:${line}` }));
  if (file.environment !== undefined && issues.length > 0 && issues.every(isMissing)) {
    throw new UnknownConfigError(stack, file.environment, issues);
  }
  if (!spec || issues.length > 0) throw new ConfigError(stack, issues);
  return { spec, config, secretKeys, environment: file.environment };
}

/**
 * Reads a stack file without asking what its settings mean.
 * @throws ConfigError where there is no such file, or it is not YAML
 */
export function readStackFile(projectDir: string, stack: string): StackFile {
  const file = parseYaml(readText(projectDir, stack));
  if ("fault" in file) {
    const { line, column, message } = file.fault;
    throw new ConfigError(stack, [
      { ...issueAt([], message), place: `${fileName(stack)}:${line}:${column}` },
    ]);
  }
  const project = pulumiProject(projectDir);
  const own = settings(file, stack);
  const missing = Object.entries(Object.fromEntries(project.config)).filter(
    ([key]) => !Object.hasOwn(own, key),
  );
  const inherited = missing.filter(([, { value }]) => value !== undefined);
  const environment = environmentOf(file);
  const config: Record<string, string> = {};
  const secretKeys: string[] = [];
  const issues: ConfigIssue[] =
    environment === undefined
      ? missing
          .filter(([key, { value }]) => value === undefined && key.startsWith(`${project.name}:`))
          .map(([key]) => issueAt([key], "missing, must be set: Pulumi.yaml has it without a default"))
      : [];
  for (const [key, value] of [
    ...inherited.map(([k, { value }]) => [k, value] as const),
    ...Object.entries(own),
  ]) {
    const { open, secret } = conceal(value);
    config[key] = textOf(open);
    if (secret) secretKeys.push(key);
    const message = problemWith(key, secret) ?? wrongType(value, project.config.get(key)?.type);
    if (message) issues.push(issueAt([key], message));
  }
  return { config, secretKeys, issues, environment, locate: (keys) => file.lineOf(["config", ...keys]) };
}

/** What a stack's config says of its tier and its parts; nothing where there is no config that can be read. */
export function declarationIn(projectDir: string, stack: string): Declaration {
  try {
    const { config } = readStackFile(projectDir, stack);
    return declarationOf((name) => config[`readiness:${name}`]);
  } catch (error) {
    if (error instanceof ConfigError) return undeclared;
    throw error;
  }
}

/** What a stack is to be; nothing where its config cannot be used. */
export function usableSpec(projectDir: string, stack: string): StackSpec | undefined {
  try {
    return loadStack(projectDir, stack).spec;
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** What a stack's config says of its tier; nothing where there is no config that can be read. */
export function declaredTier(projectDir: string, stack: string): string | undefined {
  return declarationIn(projectDir, stack).tier;
}

function fileName(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

function readText(projectDir: string, stack: string): string {
  try {
    return readFileSync(join(projectDir, pulumiProject(projectDir).stackFolder, fileName(stack)), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    const message = code === "ENOENT" ? noSuchStack(projectDir, stack) : `the file cannot be read (${code})`;
    throw new ConfigError(stack, [issueAt([], message)]);
  }
}

function noSuchStack(projectDir: string, stack: string): string {
  const stacks = existsSync(projectDir) ? listStacks(projectDir) : [];
  const there =
    stacks.length > 0 ? `there are stack files for ${stacks.join(", ")}` : "there is no stack file";
  return `no such file in ${projectDir}; ${there}${didYouMean(stack, stacks)}`;
}

/** What stands under `config:`. */
function settings({ content, lineOf }: YamlFile, stack: string): Readonly<Record<string, unknown>> {
  const file = content ?? { config: {} };
  const config = isMap(file) ? file["config"] : undefined;
  // A stack may have everything from its environment or from Pulumi.yaml.
  if (isMap(file) && config === undefined && "environment" in file) return {};
  if (isMap(config)) return config;
  if (isMap(file) && "config" in file && config === null) return {};
  const near = isMap(file) ? closest("config", Object.keys(file)) : undefined;
  const question = near && near !== "config" ? `; did you mean it by \`${near}:\`?` : "";
  const message = `found no map under \`config:\`, must be the settings${question}`;
  const line = lineOf([near ?? "config"]) ?? 1;
  throw new ConfigError(stack, [{ ...issueAt([], message), place: `${fileName(stack)}:${line}` }]);
}

/** A stack some of whose settings are known to Pulumi alone. */
class UnknownConfigError extends StackError {
  override readonly name = "UnknownConfigError";
  readonly exitStatus = exitStatus.undetermined;

  constructor(stack: string, environment: string, issues: readonly ConfigIssue[]) {
    const keys = issues.map(({ path }) => path).join(", ");
    super(
      `${fileName(stack)} leaves ${keys} to ${environment}, which Pulumi alone can open: what is not known is not ` +
        "judged. Secrets and credentials can come from there; write settings of readiness: into the file.",
    );
  }
}

function isMissing({ message }: ConfigIssue): boolean {
  return message.startsWith("missing, ");
}

/** Environments by their names, and what stands in the stack file itself. */
function environmentOf({ content }: YamlFile): string | undefined {
  const environment = isMap(content) ? content["environment"] : undefined;
  const imports: unknown = isMap(environment) ? environment["imports"] : environment;
  if (environment === undefined || environment === null) return undefined;
  const names = (Array.isArray(imports) ? imports : []).map((part) =>
    isMap(part) ? (Object.keys(part)[0] ?? "") : String(part),
  );
  return names.length === 0 ? "its environment" : `the environment ${names.join(", ")}`;
}

/** Secrets that no file has are the environment's. */
function withSecretsOf({ config, secretKeys }: StackFile): Pick<StackFile, "config" | "secretKeys"> {
  const text = config["readiness:services"] ?? "[]";
  const services: unknown = text.startsWith("[") ? JSON.parse(text) : [];
  const names = (Array.isArray(services) ? services : []).flatMap((service) => Object(service).secrets ?? []);
  const absent = names.map((name) => `secrets:${name}`).filter((key) => !Object.hasOwn(config, key));
  return {
    config: { ...config, ...Object.fromEntries(absent.map((key) => [key, unknownSecret])) },
    secretKeys: [...secretKeys, ...absent],
  };
}

/** What the project asks of its own keys; Pulumi refuses others. */
function wrongType(value: unknown, type: string | undefined): string | undefined {
  const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
    string: (v) => typeof v !== "object" || v === null || "secure" in v,
    integer: (v) => /^[+-]?\d+$/.test(String(v)),
    boolean: (v) => /^(true|false)$/i.test(String(v)),
    array: Array.isArray,
  };
  if (type === undefined || fits[type]?.(value) !== false) return undefined;
  return `must be of type ${type}, as Pulumi.yaml says`;
}

/** Replaces what is encrypted, and times by the text that Pulumi makes of them. */
function conceal(value: unknown): { readonly open: unknown; readonly secret: boolean } {
  if (value instanceof Date) return { open: goTime(value), secret: false };
  if (Array.isArray(value)) {
    const parts = value.map(conceal);
    return { open: parts.map((p) => p.open), secret: parts.some((p) => p.secret) };
  }
  if (!isMap(value)) return { open: value, secret: false };
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)); // Pulumi's own order of keys
  const isSecret = entries.length === 1 && typeof value["secure"] === "string";
  if (isSecret) return { open: unknownSecret, secret: true };
  const parts = entries.map(([key, part]) => [key, conceal(part)] as const);
  return {
    open: Object.fromEntries(parts.map(([key, part]) => [key, part.open])),
    secret: parts.some(([, part]) => part.secret),
  };
}

/** A config value as Pulumi hands it to a program. */
function textOf(value: unknown): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** As Go prints a time: Pulumi does so with every time that is not in quotes. */
function goTime(time: Date): string {
  return time
    .toISOString()
    .replace("T", " ")
    .replace(/(\.0+)?Z$/, " +0000 UTC");
}

function problemWith(key: string, secret: boolean): string | undefined {
  const [namespace, ...names] = key.split(":");
  if (names.length !== 1) {
    return `found a key that is not <namespace>:<name>, must be one such as readiness:${names.at(-1) ?? key}`;
  }
  if (namespace === "secrets" && !secret) {
    return `stored as plain text; set it with \`pulumi config set --secret ${key}\` and replace the secret itself`;
  }
  if (namespace === "readiness" && secret) {
    return "found an encrypted value, must be plain text: reports and policies read it; secrets stand under secrets:";
  }
  return undefined;
}
