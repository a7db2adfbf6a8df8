/** What the mutations of on-call select and change. */
import type { Change } from "./mutation.ts";

export const pagerduty = (kind: string, name: string | RegExp) => ({
  type: `pagerduty:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  name,
});

/** Points an input at other resources: what it is linked to is all that a preview knows of an id. */
export function link(property: string, keep: (urn: string) => boolean): Change {
  return (r) => ({
    ...r,
    propertyDependencies: {
      ...r.propertyDependencies,
      [property]: r.propertyDependencies[property]?.filter(keep) ?? [],
    },
  });
}
