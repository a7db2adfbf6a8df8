/** What is read of `pulumi stack export`; a secret is a map there, never its text. */
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { readPulumi } from "./pulumi-cli.ts";

const state = z.object({
  urn: z.string(),
  type: z.string().default(""),
  id: z.string().optional(),
  /** Replaced already, and waiting to be deleted. */
  delete: z.boolean().optional(),
  parent: z.string().optional(),
  /** URN and id, with `::` between them. */
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

const exportedStack = z.object({
  deployment: z.object({
    resources: z.array(state).nullish(),
    pending_operations: z.array(z.object({ type: z.string(), resource: state })).nullish(),
  }),
});

export type ExportedResource = z.infer<typeof state>;

export interface ExportedStack {
  readonly resources: readonly ExportedResource[];
  /** What was going on when an update was cut off. */
  readonly operations: readonly { readonly type: string; readonly resource: ExportedResource }[];
}

/** @throws where it is something else */
export function exported(content: unknown): ExportedStack {
  const { resources, pending_operations: operations } = exportedStack.parse(content).deployment;
  return { resources: resources ?? [], operations: operations ?? [] };
}

/**
 * Exports a stack.
 * @throws UsageError where it cannot be read: Pulumi itself has said why
 */
export async function readExport(stack: string): Promise<ExportedStack> {
  const { status, output } = await readPulumi(["stack", "export", "--stack", stack]);
  if (status !== 0) {
    throw new UsageError(
      `the state of ${stack} cannot be read; if the stack is new: npx pulumi stack init ${stack}`,
    );
  }
  return exported(parseJson(output));
}

/** `<type> <id>` of everything that a stack has, or was at. */
export function knownTo({ resources, operations }: ExportedStack): ReadonlySet<string> {
  const all = [...resources, ...operations.map(({ resource }) => resource)];
  return new Set(all.flatMap(({ type, id }) => (id ? [`${type} ${id}`] : [])));
}
