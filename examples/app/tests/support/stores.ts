/** The API's tests take a PostgreSQL in which they may make databases, and a Redis or Valkey. */
export function setup(): void {
  const missing = ["DATABASE_URL", "REDIS_URL"].filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`${missing.join(" and ")} must be set, or use npm run app:test`);
}
