/** What the rules of the application look at. */
import type * as vercel from "@pulumiverse/vercel";
import { type Resource, resourceType, type Stack } from "../resource.ts";

export const project = resourceType<vercel.ProjectArgs>("vercel:index/project:Project");
export const variable = resourceType<vercel.ProjectEnvironmentVariableArgs>(
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
);

export type Project = Resource<NonNullable<(typeof project)["props"]>>;

/** The variables of a project, by name; those that only a preview sees do not count. */
export function variablesOf(app: Project, stack: Stack) {
  const inProduction = stack
    .attached(variable, "projectId", app)
    .filter(({ props }) => props.targets?.includes("production"));
  return new Map(inProduction.map((v) => [v.props.key, v]));
}
