import type { Change } from "./mutation.ts";

/** Gives `property` a literal value in place of another resource's output. */
export function unlink(property: string): Change {
  return (r) => {
    const { [property]: _, ...propertyDependencies } = r.propertyDependencies;
    return { ...r, propertyDependencies, props: { ...r.props, [property]: "literal" } };
  };
}
