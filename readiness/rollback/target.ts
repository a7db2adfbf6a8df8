/** Which service's deployment is meant, and where its site is. */
import type { ServiceSpec, StackSpec } from "../../model/config/stack-spec.ts";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { accessTo } from "../vendors/access.ts";
import { Vercel } from "./application/vercel.ts";
import { journalFile } from "./journal.ts";
import type { RollbackOptions } from "./options.ts";
import type { Pace } from "./pace.ts";

export interface Target {
  readonly spec: StackSpec;
  readonly service: ServiceSpec;
  readonly vercel: Vercel;
  /** The site's health endpoint. */
  readonly health: URL;
  readonly pace: Pace;
  readonly file: string;
}

/**
 * The service that is named, or each of the stack's.
 * @throws UsageError, ConfigError
 */
export function targetsOf(
  options: RollbackOptions,
  projectDir: string,
  pace: Pace,
): readonly [Target, ...Target[]] {
  const { stack } = options;
  selectStacks([stack], false, listStacks(projectDir));
  const { spec, config } = loadStack(projectDir, stack);
  const vercel = new Vercel(accessTo("vercel", spec, config, process.env));
  const site = siteOf(options.url ?? `https://${spec.domain}`);
  const targets = servicesOf(spec, options).map((service) => {
    const file = journalFile(projectDir, spec.stack, service.name);
    return { spec, service, vercel, health: new URL(service.healthPath, site), pace, file };
  });
  const [first, ...others] = targets;
  if (first === undefined) throw new UsageError(`${stack} has no service`);
  return [first, ...others];
}

function servicesOf({ services, stack }: StackSpec, options: RollbackOptions): readonly ServiceSpec[] {
  const { service: given, to, downTo, practise } = options;
  const names = services.map(({ name }) => name);
  const ofOne = to !== undefined || downTo !== undefined || practise;
  if (given === undefined && (services.length === 1 || !ofOne)) return services;
  if (given === undefined) throw new UsageError(`--service is missing, must be one of ${names.join(", ")}`);
  const found = services.find(({ name }) => name === given);
  if (found) return [found];
  throw new UsageError(
    `--service ${given}: ${stack} has no such service, must be one of ${names.join(", ")}${didYouMean(given, names)}`,
  );
}

function siteOf(address: string): URL {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol) && url.username + url.password === "") return url;
  throw new UsageError(
    `--url ${address} is no address of a site, must be one such as https://example.com, without a login`,
  );
}
