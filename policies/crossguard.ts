/** Runs the rules as two CrossGuard policies: one for each resource by itself, and one for the stack as a whole. */
import {
  type Policies,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  UnknownValueError,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import type { Declaration } from "../model/declaration.ts";
import { type Finding, messageOf } from "../model/finding.ts";
import type { TeamRow } from "./closed-world/review.ts";
import { contextOf, evaluate, evaluateResource, outOfForce, stricter } from "./evaluate.ts";
import { type Mode, rulesOf } from "./existing.ts";
import {
  type EnforcementLevel,
  levelOf,
  type PackConfig,
  packConfigSchema,
  problemsOf,
} from "./pack-config.ts";
import { isUnknown, readable, unwrapped, withoutTrace } from "./readable.ts";
import { findingKey } from "./release-verdict.ts";
import { type Resource, Stack, toldOf } from "./resource.ts";
import { isReading } from "./resource-data.ts";
import type { Context, ResourceRule, Rule } from "./rule.ts";

/** The run that the policies watch. */
export interface PolicyRun {
  /** Pulumi's stack name, such as `prod`. */
  readonly stack: string;
  /** What the stack's config, which Pulumi hands to the pack too, says of its tier and its parts. */
  readonly declared?: Declaration;
  /** A preview, in which other resources' outputs are not known yet. */
  readonly preview: boolean;
  /** What stands in the way of an update of the stack; nothing where it may go. Asked once, of production alone. */
  readonly objection: () => string | undefined;
  /** The keys of failures for which the team has signed: they are advisories. */
  readonly waived?: ReadonlySet<string>;
  /** What the team has looked at itself. */
  readonly reviewed?: readonly TeamRow[];
}

/** The first resource of every update: what stops here stops before anything is created, changed or deleted. */
const rootStack = "pulumi:pulumi:Stack";

/**
 * Every policy is mandatory. A value that is not known yet is an advisory in a preview, where nothing better
 * can be had, and a violation in an update, where every input is known by the time it is looked at.
 */
export function policiesOf(rules: readonly Rule[], run: PolicyRun): Policies {
  const context = contextOf(run.stack, new Date(), [], run.declared);
  const resourceRules = rules.filter((rule) => "check" in rule);
  const seen: Seen = { inputs: new Map(), decided: new Map(), deferred: new Set(), config: {} };
  return [resourcePolicy(rules, resourceRules, context, run, seen), stackPolicy(rules, run, seen)];
}

/** What the first policy leaves for the second. */
interface Seen {
  /**
   * The inputs of each resource, by URN. The engine shows the stack policy outputs, of which a preview does not know
   * those that a provider may compute, such as the rules of a security group that has none.
   */
  readonly inputs: Map<string, Resource["props"]>;
  /** The URN of a resource that each rule has judged by itself, by the rule's id. */
  readonly decided: Map<string, string>;
  /** Ids of the rules that ask what a resource is connected to. */
  readonly deferred: Set<string>;
  /** The pack's config, which Pulumi keeps by policy: what is set on the first holds for both. */
  config: PackConfig;
}

/**
 * Looks at a resource before it is created or changed. The engine does not say there what the resource is
 * connected to; a rule that asks for that is deferred to the stack policy. The policy server answers each resource
 * with the name of every policy of another type, so a policy for each rule would cost more than the rules do.
 */
function resourcePolicy(
  all: readonly Rule[],
  rules: readonly ResourceRule[],
  context: Context,
  run: PolicyRun,
  seen: Seen,
): ResourceValidationPolicy {
  const { inputs, decided, deferred } = seen;
  const inMode = (mode: Mode) =>
    Map.groupBy(
      (rulesOf(rules, mode) as readonly ResourceRule[]).filter(
        (rule) => outOfForce(rule, context) === undefined,
      ),
      (rule) => rule.type.token,
    );
  let byType = inMode("all");
  const levels = levelsIn(seen, all);
  return {
    name: "readiness-resource",
    description: "What each resource must be like by itself",
    enforcementLevel: "mandatory",
    configSchema: packConfigSchema,
    validateResource: (args, report) => {
      const props = readable(unwrapped(args.props));
      inputs.set(args.urn, props);
      if (args.type === rootStack) {
        seen.config = args.getConfig<PackConfig>();
        byType = inMode(seen.config.mode ?? "all");
        for (const problem of problemsOf(seen.config, all)) report(problem);
        reportObjection(report, run, context);
      }
      let connected = false;
      const resource = alone(args, props, () => {
        connected = true;
        throw new Error("the engine tells connections only with the whole stack");
      });
      const findings = (byType.get(args.type) ?? []).flatMap((rule) => {
        connected = false;
        const found = evaluateResource(
          rule,
          resource as Resource<never>,
          stricter(context, rule, seen.config.floors ?? {}),
        );
        if (connected) deferred.add(rule.id);
        else if (found.length > 0) decided.set(rule.id, args.urn);
        return connected ? [] : found;
      });
      if (findings.length === 0) {
        withoutTrace(() => args.notApplicable("no rule looks at this resource by itself"));
      }
      reportTo(report, findings, run, levels);
    },
  };
}

/** The policy server reads all resources anew for each stack policy, so one policy runs all that needs the stack. */
function stackPolicy(rules: readonly Rule[], run: PolicyRun, seen: Seen): StackValidationPolicy {
  const { inputs, decided, deferred } = seen;
  return {
    name: "readiness-stack",
    description: "What the stack must contain, and what must be connected to what",
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, report) => {
      const declared = new Set(resources.map(({ urn }) => urn));
      // A rule that has judged what the stack has is done with all of it.
      const isLeft = ({ id }: Rule) => deferred.has(id) || !declared.has(decided.get(id) ?? "");
      const left = rules.filter(isLeft);
      const done = rules.filter((rule) => !isLeft(rule));
      const stack = new Stack(run.stack, connect(resources, inputs), undefined, run.declared);
      const ask = (some: readonly Rule[]) =>
        evaluate(some, stack, new Date(), {
          floors: seen.config.floors,
          reviewed: run.reviewed,
          mode: seen.config.mode,
        });
      // What is only read was not shown before.
      const read = new Set(stack.read.map(({ urn }) => urn));
      const ofRead = read.size === 0 ? [] : ask(done).filter(({ urn }) => urn !== undefined && read.has(urn));
      const findings = [...ask(left), ...ofRead];
      const levels = levelsIn(seen, rules);
      // Pulumi's engine leaves out what is read: `npm run check` judges that by facts, and here it can only be advised of.
      const unseen = read.size === 0 && resources.some(({ type }) => isReading(type));
      const asked: Levels = (id) => (levels(id) === "mandatory" ? "advisory" : levels(id));
      reportTo(report, findings, run, unseen ? asked : levels);
    },
  };
}

/** The level of each rule by its id. */
type Levels = (rule: string) => EnforcementLevel;

function levelsIn(seen: Seen, rules: readonly Rule[]): Levels {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return (id) => {
    const rule = byId.get(id);
    return rule ? levelOf(seen.config, rule) : "mandatory";
  };
}

function reportTo(
  report: ReportViolation,
  findings: readonly Finding[],
  run: PolicyRun,
  levels: Levels,
): void {
  const told = findings.filter((f) => f.outcome !== "pass" && f.outcome !== "not-applicable");
  const asked = told.filter((f) => levels(f.by) !== "disabled");
  const unknown = asked.filter((f) => f.outcome === "unknown");
  const violations = asked.filter((f) => f.outcome === "fail" || f.outcome === "error");
  for (const f of run.preview ? violations : [...violations, ...unknown]) {
    const isWaived = f.outcome === "fail" && run.waived?.has(findingKey(f.by, f.urn));
    if (isWaived || levels(f.by) === "advisory") advise(report, said(f, run), f.urn);
    else report(said(f, run), f.urn);
  }
  if (run.preview && unknown.length > 0) {
    const error = new UnknownValueError(runtime.unknownValue, []);
    error.message = unknown.map((f) => said(f, run)).join("\n");
    throw error; // which the policy server reports as an advisory
  }
}

/** The policy server takes a violation with a level of its own; the SDK's types do not say so. */
function advise(report: ReportViolation, message: string, urn: string | undefined): void {
  (report as unknown as (violation: object) => void)({ message, urn, enforcementLevel: "advisory" });
}

/** A preview shows what would be; whether it may be is asked when it is to be. */
function reportObjection(
  report: ReportViolation,
  { stack, preview, objection }: PolicyRun,
  { tier }: Context,
): void {
  const found = tier === "production" && !preview ? objection() : undefined;
  if (found === undefined) return;
  report(`${stack}: ${found} npm run check -- --stack ${stack} says what to change. [release-gate]`);
}

function said(finding: Finding, { stack }: PolicyRun): string {
  return `${messageOf(finding, stack)} [${finding.by}]`;
}

/** A resource by itself; `onConnection` is called when its connections are asked for. */
function alone(args: ResourceValidationArgs, props: Resource["props"], onConnection: () => never): Resource {
  return {
    ...own(args),
    props,
    get parent() {
      return onConnection();
    },
    get dependencies() {
      return onConnection();
    },
    get propertyDependencies() {
      return onConnection();
    },
  };
}

function connect(policyResources: readonly PolicyResource[], inputs: Seen["inputs"]): readonly Resource[] {
  const resources = new Map<PolicyResource, Resource>();
  const known = (linked: readonly PolicyResource[]) => linked.flatMap((r) => resources.get(r) ?? []);
  for (const r of policyResources) {
    const outputs = once(() => readable(unwrapped(r.props)));
    const propertyDependencies = once(() =>
      Object.fromEntries(Object.entries(r.propertyDependencies).map(([key, to]) => [key, known(to)])),
    );
    // The engine does not tell what a program only reads.
    const isRead = isReading(r.parent?.type);
    resources.set(r, {
      ...own(r),
      props: inputs.get(r.urn) ?? (isRead ? toldOf(outputs()) : outputs()),
      ...(isRead && { read: true as const }),
      get outputs() {
        const { id } = unwrapped(r.props);
        return id === undefined || isUnknown(id) ? undefined : outputs();
      },
      get parent() {
        return r.parent && resources.get(r.parent);
      },
      get dependencies() {
        return known(r.dependencies);
      },
      get propertyDependencies() {
        return propertyDependencies();
      },
    });
  }
  return [...resources.values()];
}

/** The resources that are connected are not all there yet when the first is made. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What both requests of the engine tell. It tells neither source positions nor what becomes of what is deleted. */
function own({ urn, type, name, opts, provider }: ResourceValidationArgs | PolicyResource) {
  const { protect, ignoreChanges, additionalSecretOutputs } = opts;
  const untold = { retainOnDelete: undefined, deletedWith: undefined, source: undefined };
  return { urn, type, name, protect, ignoreChanges, additionalSecretOutputs, provider, ...untold };
}
