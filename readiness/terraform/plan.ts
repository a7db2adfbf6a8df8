/**
 * What a stack declares, as `terraform show -json` tells a plan that creates all of it: for tools that judge Terraform
 * and know nothing of Pulumi.
 */
import type { Registration } from "../engine/registration.ts";
import { terraformType } from "./names.ts";
import { type Planned, planned } from "./values.ts";

/** A resource under the address that it has in the plan. */
interface Addressed {
  readonly registration: Registration;
  readonly type: string;
  readonly name: string;
  readonly address: string;
}

const provider = "registry.terraform.io/hashicorp/aws";

/** The plan: https://developer.hashicorp.com/terraform/internals/json-format. */
export function terraformPlan(registrations: readonly Registration[]): object {
  const resources = addressed(registrations);
  const addresses = new Map(resources.map(({ registration: r, address }) => [r.urn, address]));
  const addressesOf = (urns: readonly string[] = []) => urns.flatMap((urn) => addresses.get(urn) ?? []);
  const all = resources.map(({ registration: r, ...place }) => ({
    place: { ...place, mode: "managed" },
    plan: planned(place.type, r.props, r.secretPaths, (p) => addressesOf(r.propertyDependencies[p])),
    dependsOn: addressesOf(r.dependencies),
  }));
  return {
    format_version: "1.2",
    // What reads a plan asks for the version that wrote it.
    terraform_version: "1.9.0",
    planned_values: {
      root_module: {
        resources: all.map(({ place, plan }) => ({
          ...place,
          provider_name: provider,
          schema_version: 0,
          values: plan.values,
          sensitive_values: plan.sensitive,
        })),
      },
    },
    resource_changes: all.map(({ place, plan }) => ({
      ...place,
      provider_name: provider,
      change: changeOf(plan),
    })),
    configuration: {
      provider_config: { aws: { name: "aws", full_name: provider } },
      root_module: {
        resources: all.map(({ place, plan, dependsOn }) => ({
          ...place,
          provider_config_key: "aws",
          expressions: plan.expressions,
          schema_version: 0,
          ...(dependsOn.length > 0 && { depends_on: dependsOn }),
        })),
      },
    },
    applyable: true,
    complete: true,
    errored: false,
  };
}

function changeOf({ values, unknown, sensitive }: Planned): object {
  return {
    actions: ["create"],
    before: null,
    after: values,
    after_unknown: { ...unknown, arn: true, id: true },
    before_sensitive: false,
    after_sensitive: sensitive,
  };
}

/** The resources that have a Terraform type, each with an address of its own. */
function addressed(registrations: readonly Registration[]): readonly Addressed[] {
  const taken = new Set<string>();
  return registrations.flatMap((registration) => {
    const type = terraformType(registration.type);
    if (!type) return [];
    const plain = registration.name.replaceAll(/[^\w-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
    let name = plain;
    for (let n = 2; taken.has(`${type}.${name}`); n++) name = `${plain}_${n}`;
    const address = `${type}.${name}`;
    taken.add(address);
    return [{ registration, type, name, address }];
  });
}

/** How many resources the plan leaves out: of AWS by type, of other vendors by package. */
export function leftOut(registrations: readonly Registration[]): ReadonlyMap<string, number> {
  const without = registrations.filter(
    ({ custom, type }) => custom && !type.startsWith("pulumi:") && !terraformType(type),
  );
  const groups = Map.groupBy(without, ({ type }) => (type.startsWith("aws:") ? type : type.split(":")[0]));
  return new Map([...groups].map(([what = "", of]) => [what, of.length]));
}
