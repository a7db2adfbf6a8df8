/** Runs the rules as CrossGuard policies: one for each resource rule, and one for the stack as a whole. */
import {
  type Policies,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  UnknownValueError,
  validateResourceOfType,
} from "@pulumi/policy";
import { CustomResource, runtime } from "@pulumi/pulumi";
import { checklist } from "../spec/checklist.ts";
import { contextOf, evaluate, evaluateResource, type Finding, inForce } from "./evaluate.ts";
import { type Resource, Stack } from "./resource.ts";
import type { Context, ResourceRule, Rule } from "./rule.ts";

/** The run that the policies watch. */
export interface Run {
  /** Pulumi's stack name, such as `prod`. */
  readonly stack: string;
  /** A preview, in which other resources' outputs are not known yet. */
  readonly preview: boolean;
}

/**
 * Every policy is mandatory. A value that is not known yet is an advisory in a preview, where nothing better
 * can be had, and a violation in an update, where every input is known by the time it is looked at.
 */
export function policiesOf(rules: readonly Rule[], run: Run): Policies {
  const context = contextOf(run.stack);
  const resourceRules = rules.filter((rule) => "check" in rule);
  const deferred = new Set<string>();
  return [
    ...resourceRules.map((rule) => resourcePolicy(rule, context, run, deferred)),
    stackPolicy(rules, resourceRules, run, deferred),
  ];
}

/**
 * Looks at a resource before it is created or changed. The engine does not say there what the resource is
 * connected to; a rule that asks for that is deferred to the stack policy.
 */
function resourcePolicy(
  rule: ResourceRule,
  context: Context,
  run: Run,
  deferred: Set<string>,
): ResourceValidationPolicy {
  return {
    name: rule.id,
    description: checklist.find((item) => item.id === rule.item)?.statement ?? rule.id,
    enforcementLevel: "mandatory",
    validateResource: validateResourceOfType(classOf(rule.type.token), (_props, args, report) => {
      if (!inForce(rule, context)) args.notApplicable(`not required of a ${context.tier} stack`);
      let connected = false;
      const resource = alone(args, () => {
        connected = true;
        throw new Error("the engine tells connections only with the whole stack");
      });
      const findings = evaluateResource(rule, resource as Resource<never>, context);
      if (connected) {
        deferred.add(rule.id);
        args.notApplicable("decided with the whole stack");
      }
      if (findings.length === 0) args.notApplicable("the rule does not select this resource");
      reportTo(report, findings, run);
    }),
  };
}

/** The policy server reads all resources anew for each stack policy, so one policy runs all that needs the stack. */
function stackPolicy(
  rules: readonly Rule[],
  resourceRules: readonly Rule[],
  run: Run,
  deferred: ReadonlySet<string>,
): StackValidationPolicy {
  return {
    name: "readiness-stack",
    description: "What the stack must contain, and what must be connected to what",
    enforcementLevel: "mandatory",
    validateStack: ({ resources }, report) => {
      const reported = new Set(resourceRules.map((rule) => rule.id).filter((id) => !deferred.has(id)));
      const findings = evaluate(rules, new Stack(run.stack, connect(resources)));
      // Of a rule that its own policy has decided, only the lack of any resource is left to report.
      const left = findings.filter((f) => f.urn === undefined || !reported.has(f.rule));
      reportTo(report, left, run);
    },
  };
}

function reportTo(report: ReportViolation, findings: readonly Finding[], run: Run): void {
  const unknown = findings.filter((f) => f.outcome === "unknown");
  const violations = findings.filter((f) => f.outcome === "fail" || f.outcome === "error");
  for (const f of run.preview ? violations : [...violations, ...unknown]) {
    report(`${f.message} [${f.rule}]`, f.urn);
  }
  if (run.preview && unknown.length > 0) {
    const error = new UnknownValueError(runtime.unknownValue, []);
    error.message = unknown.map((f) => `${f.message} [${f.rule}]`).join("\n");
    throw error; // which the policy server reports as an advisory
  }
}

/** Stands in for the resource's class, which would load its SDK; only the type token is looked at. */
function classOf(token: string) {
  return class extends CustomResource {
    static readonly __pulumiType = token;
  };
}

/** A resource by itself; `onConnection` is called when its connections are asked for. */
function alone(args: ResourceValidationArgs, onConnection: () => never): Resource {
  return {
    ...own(args),
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

function connect(policyResources: readonly PolicyResource[]): readonly Resource[] {
  const resources = new Map<PolicyResource, Resource>();
  const known = (linked: readonly PolicyResource[]) => linked.flatMap((r) => resources.get(r) ?? []);
  for (const r of policyResources) {
    resources.set(r, {
      ...own(r),
      get parent() {
        return r.parent && resources.get(r.parent);
      },
      get dependencies() {
        return known(r.dependencies);
      },
      get propertyDependencies() {
        return Object.fromEntries(
          Object.entries(r.propertyDependencies).map(([key, to]) => [key, known(to)]),
        );
      },
    });
  }
  return [...resources.values()];
}

/** What both requests of the engine tell. It tells no source positions. */
function own({ urn, type, name, props, opts, provider }: ResourceValidationArgs | PolicyResource) {
  const { protect, additionalSecretOutputs } = opts;
  return { urn, type, name, props, protect, additionalSecretOutputs, provider, source: undefined };
}
