/** What an update would do, read from the events of a preview (`pulumi preview --event-log`). */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { isComponent } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";

export type Operation = "replace" | "delete" | "create" | "update" | "import";

/** One resource that an update would change. */
export interface Change {
  readonly operation: Operation;
  readonly urn: string;
  /** Type token, such as `aws:rds/instance:Instance`. */
  readonly type: string;
  readonly name: string;
  /** Inputs that change, or that force the replacement; paths where the provider tells them. */
  readonly properties: readonly string[];
  /** Inputs before and after; secrets stand there as `[secret]`. */
  readonly before: Inputs;
  readonly after: Inputs;
}
export type Inputs = Readonly<Record<string, unknown>>;

export interface Plan {
  /** The weightiest first; without providers and components, which nobody has to look at. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** Messages of mandatory policies that stopped the preview. */
  readonly violations: readonly string[];
  /** The first line of each error. */
  readonly errors: readonly string[];
  /** The preview came to its end. */
  readonly complete: boolean;
  /** Inputs of each on-call schedule before and after, of those that stay. */
  readonly schedules: readonly (readonly [before: Inputs, after: Inputs])[];
  /** Names of people by their ids in PagerDuty. */
  readonly people: ReadonlyMap<string, string>;
}

/** How an operation counts: what destroys comes first. */
const operations: readonly Operation[] = ["replace", "delete", "create", "update", "import"];

const state = z
  .object({ id: z.string().nullish(), inputs: z.record(z.string(), z.unknown()).nullish() })
  .nullish();
/** The part of `EngineEvent` in pulumi/pulumi, sdk/go/common/apitype/events.go, that a plan is made of. */
const engineEvent = z.object({
  resourcePreEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn: z.string(),
        type: z.string(),
        old: state,
        new: state,
        diffs: z.array(z.string()).nullish(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
      }),
    })
    .optional(),
  policyEvent: z.object({ message: z.string(), enforcementLevel: z.string() }).optional(),
  diagnosticEvent: z.object({ severity: z.string(), message: z.string() }).optional(),
  summaryEvent: z.object({ result: z.string().optional() }).optional(),
});
type EngineEvent = z.infer<typeof engineEvent>;
type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

/**
 * Reads the events of a preview.
 * @throws UsageError where the file cannot be read or is something else
 */
export function readPlan(file: string): Plan {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    const events = lines.filter((line) => line !== "").map((line) => engineEvent.parse(parseJson(line)));
    return planOf(events);
  } catch (error) {
    const reason =
      error instanceof Error && "code" in error ? `cannot be read (${error.code})` : "is no event log";
    throw new UsageError(`${file} ${reason}: npm run preview -- --events ${file} writes one`);
  }
}

function planOf(events: readonly EngineEvent[]): Plan {
  const steps = events.flatMap((e) => e.resourcePreEvent?.metadata ?? []);
  const changes = steps.filter((step) => !isOwn(step)).flatMap(changeOf);
  return {
    changes: operations.flatMap((operation) => changes.filter((c) => c.operation === operation)),
    unchanged: steps.filter((step) => step.op === "same" && !isOwn(step)).length,
    violations: events.flatMap(({ policyEvent: p }) =>
      p?.enforcementLevel === "mandatory" ? [said(p.message)] : [],
    ),
    errors: events
      .flatMap(({ diagnosticEvent: d }) => (d?.severity === "error" ? [firstLine(d.message)] : []))
      .filter((error) => error !== "preview failed"),
    schedules: steps.flatMap(({ type, old, new: fresh }) =>
      type === "pagerduty:index/schedule:Schedule" && old?.inputs && fresh?.inputs
        ? [[old.inputs, fresh.inputs] as const]
        : [],
    ),
    people: new Map(
      steps.flatMap(({ type, old, new: fresh }) => {
        const name = (fresh?.inputs ?? old?.inputs)?.["name"];
        return type === "pagerduty:index/user:User" && old?.id && typeof name === "string"
          ? [[old.id, name] as const]
          : [];
      }),
    ),
    complete: events.some((e) => e.summaryEvent !== undefined && e.summaryEvent.result !== "failed"),
  };
}

/** Each replacement has steps of its own for its creation and its deletion; `replace` stands for all. */
function changeOf(step: Metadata): readonly Change[] {
  const operation = operations.find((op) => op === step.op);
  if (!operation) return [];
  const { urn, type } = step;
  return [
    {
      operation,
      urn,
      type,
      name: urn.split("::").slice(3).join("::"),
      properties:
        Object.keys(step.detailedDiff ?? {}).length > 0
          ? Object.keys(step.detailedDiff ?? {})
          : (step.diffs ?? []),
      before: step.old?.inputs ?? {},
      after: step.new?.inputs ?? {},
    },
  ];
}

function isOwn(resource: Metadata): boolean {
  return resource.type.startsWith("pulumi:") || isComponent(resource);
}

function firstLine(message: string): string {
  return message.trim().split("\n")[0] ?? "";
}

/** A policy's message without its description, which the engine puts before it. */
function said(message: string): string {
  const [, ...lines] = message.trim().split("\n");
  return lines.length > 0 ? lines.join(" ") : message.trim();
}

/** `1 to replace, 3 to create, 390 unchanged`; says where the preview failed, so that there may be more. */
export function planSummary({ changes, unchanged, complete }: Plan): string {
  const planned = changes.length + unchanged > 0;
  if (!complete && !planned) return "the preview failed before it planned anything";
  const parts = operations.flatMap((operation) => {
    const number = changes.filter((c) => c.operation === operation).length;
    return number > 0 ? [`${number} to ${operation}`] : [];
  });
  const counts =
    parts.length > 0 ? `${parts.join(", ")}, ${unchanged} unchanged` : `no changes, ${unchanged} resources`;
  return complete ? counts : `${counts} (the preview failed)`;
}
