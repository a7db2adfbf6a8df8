/** Journeys take a running app, and a Chromium of the machine's. */
export function setup(): void {
  const wanted = ["SITE_URL", "TEST_ACCOUNT_EMAIL", "TEST_ACCOUNT_PASSWORD"];
  const missing = wanted.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`${missing.join(" and ")} must be set, or use npm run app:test`);
}
