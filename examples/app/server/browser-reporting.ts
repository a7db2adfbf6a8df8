import { commitOf } from "./site.ts";

/** With what a page reports to Datadog's Real User Monitoring; every visitor sees it. */
export interface Settings {
  readonly applicationId: string;
  readonly clientToken: string;
  readonly site: string;
  readonly service: string;
  readonly env: string;
  readonly version: string;
  readonly userId?: string;
}

/** Nothing where the stack's variables are not there. */
export function browserReporting(
  variables: Readonly<Record<string, string | undefined>>,
  userId?: number,
): Settings | undefined {
  const {
    DATADOG_RUM_APPLICATION_ID: applicationId,
    DATADOG_RUM_CLIENT_TOKEN: clientToken,
    DATADOG_SITE: site,
    OTEL_SERVICE_NAME: service = "portal",
    APP_ENVIRONMENT: env = "local",
  } = variables;
  if (!applicationId || !clientToken || !site) return undefined;
  const version = commitOf(variables);
  return {
    applicationId,
    clientToken,
    site,
    service,
    env,
    version,
    ...(userId && { userId: String(userId) }),
  };
}
