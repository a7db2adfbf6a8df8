/** Which features of its vendors a stack uses, by the types and properties that are declared. */
import { type FeatureId, featureIds, features } from "../../model/plans/features.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import { isUnknownValue } from "../../policies/unknown-value.ts";

/** A feature that a stack uses, by whatever of it needs a plan. */
export interface Use {
  readonly id: FeatureId;
  readonly resources: readonly [Resource, ...Resource[]];
  /** Whether a value that the update will find out decides about it. */
  readonly undecided: boolean;
}

export function usesOf(stack: Stack): readonly Use[] {
  return featureIds.flatMap((id): readonly Use[] => {
    const { types, beyond = 0 } = features[id];
    const told = stack.resources.flatMap((resource) => {
      const uses = types.includes(resource.type) ? usedBy(id, resource) : false;
      return uses === false ? [] : [{ resource, uses }];
    });
    const [first, ...others] = told.slice(beyond).map(({ resource }) => resource);
    const undecided = told.filter(({ uses }) => uses === true).length <= beyond;
    return first ? [{ id, resources: [first, ...others], undecided }] : [];
  });
}

/** Nothing where a value decides that is not known yet. */
function usedBy(id: FeatureId, { props }: Resource): boolean | undefined {
  try {
    return features[id].uses?.(props) ?? true;
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}
