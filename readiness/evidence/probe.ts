/** `evidence probe`: looks at a running site, and hands in what it saw of its transport and of its headers. */
import { resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { siteHeaders, siteTransport } from "../proofs/evidence/formats/site-probe.ts";
import { type Clock, defaults, handIn } from "./hand-in.ts";
import type { ProbeOptions } from "./options.ts";
import { look } from "./probe/look.ts";
import { type Reach, reachOf } from "./probe/reach.ts";
import { deployedCommit } from "./working-copy.ts";

const proofs = [
  ["PRE-10", siteTransport],
  ["PRE-11", siteHeaders],
] as const;

/**
 * Looks before anything is judged: a site that fails is handed in too.
 * @param reach where the site's name leads
 * @returns 0 where both items are proven, 1 where one is not
 * @throws UsageError where the site cannot be looked at, or the gate would not take what was seen
 */
export async function probe(
  options: ProbeOptions,
  projectDir: string,
  clock: Clock = () => new Date(),
  reach: (host: string) => Promise<Reach> = reachOf,
): Promise<number> {
  const { commit, environment, service: name, since, url } = options;
  if (environment !== "prod" && environment !== "staging") {
    throw new UsageError(`--environment ${environment}: must be staging or prod, where a site runs`);
  }
  if (options.deployment === undefined) {
    throw new UsageError("--deployment is missing, must be what runs there, such as dpl_…");
  }
  const stack = options.stack ?? environment;
  selectStacks([stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, stack);
  const service = spec.services.find((own) => own.name === name);
  if (!service) {
    const names = spec.services.map((own) => own.name);
    throw new UsageError(`--service ${name}: must have pages, as ${names.join(", ")} of ${stack} has`);
  }
  const site = siteOf(url, spec.domain, stack);
  const copy = await deployedCommit(resolve(projectDir, options.source ?? defaults.source), commit, since);

  const record = await look(site, Object.values(service.pages), commit, await reach(site.hostname), clock);
  const file = { path: "site-probe.json", bytes: Buffer.from(`${JSON.stringify(record, null, 2)}\n`) };
  let status = 0;
  for (const [item, format] of proofs) {
    const about = { ...options, stack, item, schema: [] };
    const output = { format, files: [file], exitCode: null, shard: null };
    status = Math.max(status, await handIn(about, [output], copy, projectDir, clock));
  }
  return status;
}

/** @throws UsageError for every address but the stack's own */
function siteOf(address: string, domain: string, stack: string): URL {
  const url = URL.parse(address);
  const own = `https://${domain}/`;
  if (url?.href === own) return url;
  throw new UsageError(`--url ${address}: must be ${own.slice(0, -1)}, where ${stack} is`);
}
