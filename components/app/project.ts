/** Names that the app and its access to AWS have to agree on. */

/** Name of a service's Vercel project, such as `portal-prod`; a claim of its OIDC tokens. */
export function projectName(service: string, stack: string): string {
  return `${service}-${stack}`;
}

/** PostgreSQL user of a service, such as `web_portal`; it logs in with a token of its AWS role. */
export function databaseUser(service: string): string {
  return service.replaceAll("-", "_");
}
