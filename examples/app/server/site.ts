type Variables = Readonly<Record<string, string | undefined>>;

/** The address that customers use; the host that the server sees may be another. */
export function siteOf(variables: Variables): URL {
  return new URL(variables["APP_URL"] ?? "http://localhost:3000");
}

/** Whether browsers take cookies for secure connections alone. */
export const isSecure = (variables: Variables) => siteOf(variables).protocol === "https:";

/** The commit that runs. */
export const commitOf = (variables: Variables) =>
  variables["VERCEL_GIT_COMMIT_SHA"] ?? variables["APP_COMMIT"] ?? "unknown";
