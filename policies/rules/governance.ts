/** Rules over every resource of the stack, whatever it is: whose it is, where it is, and what guards it. */
import { regionOf } from "../aws.ts";
import { project } from "../declared/application.ts";
import { strangers } from "../declared/parts.ts";
import { awsRegionOf } from "../effects/vercel-regions.ts";
import { present } from "../expect.ts";
import { isComponent, type Resource, type Stack } from "../resource.ts";
import { type Rule, stackRule, type Violation } from "../rule.ts";
import {
  namesInSharedAccounts,
  retiredTypes,
  storesOfCustomerData,
  typesWithoutTags,
  typesWithState,
} from "./governance/types.ts";

const requiredTags = ["product", "environment", "owner", "managed-by"];

export const governanceRules: readonly Rule[] = [
  stackRule({
    id: "parts-as-chosen",
    item: "GOV-17",
    checkStack: (stack, context) =>
      strangers(stack, context.parts).map(({ resource, part, kind }) => ({
        resource,
        observed: `it is declared, and the ${part} is said to be ${kind}`,
        wanted: "one or the other",
      })),
  }),
  stackRule({
    id: "aws-resources-tagged",
    item: "GOV-01",
    checkStack: each("AWS resource that takes tags", isTaggable, ({ props }) => {
      const lacking = requiredTags.filter((tag) => present(props, `tags.${tag}`));
      return lacking.length > 0
        ? { observed: `tags lack ${lacking.join(", ")}`, wanted: "complete" }
        : undefined;
    }),
  }),
  stackRule({
    id: "environment-tag-names-stack",
    item: "GOV-02",
    checkStack: (stack) =>
      each("AWS resource with an environment tag", hasEnvironment, (r) => {
        const environment = environmentOf(r);
        return environment === stack.name
          ? undefined
          : { observed: `tags.environment is ${environment}`, wanted: stack.name };
      })(stack),
  }),
  stackRule({
    id: "shared-names-tell-stack",
    item: "GOV-02",
    checkStack: (stack) =>
      each("resource in an account that stacks share", isNamed, ({ type, props }) => {
        const property = namesInSharedAccounts[type] ?? "";
        return hyphened(String(props[property])).includes(hyphened(stack.name))
          ? undefined
          : { observed: `${property} is ${props[property]}`, wanted: `with ${stack.name} in it` };
      })(stack),
  }),
  stackRule({
    id: "stateful-resources-protected",
    item: "GOV-03",
    tiers: ["production"],
    checkStack: each(
      "resource that holds state",
      (r) => typesWithState.has(r.type),
      ({ protect, retainOnDelete, deletedWith }) => {
        if (!protect) return { observed: "protect is false", wanted: "true" };
        if (retainOnDelete === false) return { observed: "retainOnDelete is false", wanted: "true" };
        return deletedWith === undefined
          ? undefined
          : { observed: "deletedWith names another resource", wanted: "not set" };
      },
    ),
  }),
  stackRule({
    id: "resources-inside-components",
    item: "GOV-04",
    checkStack: each("resource of a provider", isCustom, ({ parent }) =>
      parent && isComponent(parent)
        ? undefined
        : { observed: "it stands outside of any component", wanted: "a component's child" },
    ),
  }),
  stackRule({
    id: "resource-types-supported",
    item: "GOV-05",
    // Of each kind once: whoever replaces one of them replaces them all.
    existing: (stack) => {
      const found = retiredIn(stack);
      return [...Map.groupBy(found, ({ wanted }) => wanted ?? "").values()].flatMap(([first, ...more]) =>
        first === undefined
          ? []
          : [
              more.length === 0
                ? first
                : { ...first, observed: `${first.observed}, and ${more.length} more are of such a type` },
            ],
      );
    },
    checkStack: (stack) => retiredIn(stack),
  }),
  stackRule({
    id: "customer-data-in-one-geography",
    item: "GOV-06",
    checkStack: (stack) => {
      // AWS names a region <geography>-<place>-<number>. The customers' data is at home where the database is, or its dumps.
      const stores = stack.resources.filter(isStore);
      const home = stores.find((r) => r.type.startsWith("aws:rds/")) ?? stores[0];
      const geography = home && geographyOf(regionOf(home));
      return [
        ...each("store of customer data", isStore, (r) => {
          const region = regionOf(r);
          return region === undefined || geographyOf(region) !== geography
            ? { observed: `its region is ${region ?? "not set"}`, wanted: `in ${geography ?? "a known one"}` }
            : undefined;
        })(stack),
        ...stack.ofType(project).flatMap((app) => {
          // Where none is said, Vercel's own choice: Washington.
          const { functionDefaultRegions: said = [] } = app.props.resourceConfig ?? {};
          return (said.length > 0 ? said : ["iad1"])
            .filter((region) => geographyOf(awsRegionOf(region)) !== geography)
            .map((region) => ({
              resource: app as Resource,
              observed: `its functions run in ${region}${said.length > 0 ? "" : ", since no region is set"}`,
              wanted: `in ${geography ?? "a known region"}, where the customers' data is`,
            }));
        }),
      ];
    },
  }),
  stackRule({
    id: "aws-provider-explicit",
    item: "GOV-07",
    checkStack: each("AWS resource", isAws, ({ provider }) => {
      // The engine names the providers that it makes by itself default, default_7_48_0 and the like.
      if (!provider || /^default(_|$)/.test(provider.name)) {
        return { observed: "its provider is the default one", wanted: "one of the stack's own" };
      }
      return present(provider.props, "region");
    }),
  }),
  stackRule({
    id: "deployment-settled",
    item: "GOV-13",
    existing: true,
    deployed: true,
    checkStack: ({ flaws = [], resources }) => [
      ...flaws,
      ...resources.flatMap((resource) => (resource.flaws ?? []).map((flaw) => ({ resource, ...flaw }))),
    ],
  }),
];

function geographyOf(awsRegion: string | undefined): string | undefined {
  return awsRegion?.split("-")[0];
}

/** Whether a provider is of this major version, or of one that nobody says. */
function isOf(provider: Resource["provider"], since: number | undefined): boolean {
  const { version } = provider?.props ?? {};
  return since === undefined || typeof version !== "string" || Number.parseInt(version, 10) >= since;
}

/** A name's words: metrics put dots and underscores between them, others what they like. */
function hyphened(name: string): string {
  return `-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}-`;
}

/** A check of every resource of some kind, of which there must be at least one. */
function each(
  kind: string,
  selects: (resource: Resource) => boolean,
  check: (resource: Resource) => Violation | undefined,
): (stack: Stack) => readonly Violation[] {
  return (stack) => {
    const subjects = stack.resources.filter(selects);
    if (subjects.length === 0) return [{ observed: `no ${kind} is declared`, wanted: "declared" }];
    return subjects.flatMap((resource) => {
      const violation = check(resource);
      return violation ? [{ resource, ...violation }] : [];
    });
  };
}

const retiredIn = each("resource of a provider", isCustom, ({ type, provider }) => {
  const retired = retiredTypes.find(({ pattern, since }) => pattern.test(type) && isOf(provider, since));
  return (
    retired && {
      observed: `its type is ${type}`,
      wanted: retired.successor,
      mend: `declare ${retired.successor} in its place`,
    }
  );
});

function isAws({ type }: Resource): boolean {
  return type.startsWith("aws:");
}

function isTaggable(resource: Resource): boolean {
  return isAws(resource) && !typesWithoutTags.has(resource.type);
}

/** Neither a component of this project nor the engine's own: the stack and the providers. */
function isCustom(resource: Resource): boolean {
  return !isComponent(resource) && !resource.type.startsWith("pulumi:");
}

function isNamed({ type }: Resource): boolean {
  return type in namesInSharedAccounts;
}

function isStore({ type }: Resource): boolean {
  return storesOfCustomerData.has(type);
}

function hasEnvironment(resource: Resource): boolean {
  return isTaggable(resource) && environmentOf(resource) !== undefined;
}

function environmentOf({ props }: Resource): unknown {
  return (props["tags"] as Readonly<Record<string, unknown>> | undefined)?.["environment"];
}
