/** What the rules of the application look at. */
import type * as vercel from "@pulumiverse/vercel";
import { linked, type Resource, resourceType, type Stack } from "../resource.ts";

export const project = resourceType<vercel.ProjectArgs>("vercel:index/project:Project");
export const variable = resourceType<vercel.ProjectEnvironmentVariableArgs>(
  "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
);

export const projectDomain = resourceType<vercel.ProjectDomainArgs>(
  "vercel:index/projectDomain:ProjectDomain",
);
export const firewall = resourceType<vercel.FirewallConfigArgs>("vercel:index/firewallConfig:FirewallConfig");

export type Project = Resource<NonNullable<(typeof project)["props"]>>;

/** The projects that answer to a host name. */
export function projectsAt(host: string, stack: Stack): readonly Project[] {
  return stack
    .ofType(projectDomain)
    .filter(({ props }) => props.domain === host)
    .flatMap((domain) => linked(domain, "projectId", project));
}

/** Whether Vercel sends who asks for a host to another one, or to no production. */
export function leadsOn(host: string, stack: Stack): boolean {
  return stack
    .ofType(projectDomain)
    .some(
      ({ props: { domain, redirect, gitBranch, customEnvironmentId } }) =>
        domain === host && Boolean(redirect || gitBranch || customEnvironmentId),
    );
}

/** The name under which a service is watched: that of the component around its project. */
export function serviceOf(app: Project): string {
  return app.parent?.name ?? app.name;
}

/** The variables of a project, by name; those that only a preview or one branch sees do not count. */
export function variablesOf(app: Project, stack: Stack) {
  const inProduction = stack
    .attached(variable, "projectId", app)
    .filter(({ props }) => props.targets?.includes("production") && props.gitBranch === undefined);
  return new Map(inProduction.map((v) => [v.props.key, v]));
}
