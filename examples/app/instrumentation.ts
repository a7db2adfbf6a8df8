import type { Instrumentation } from "next";

/** Before the first request: telemetry first, since it has to be there when others ask for it. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { startTelemetry } = await import("./server/telemetry.ts");
  await startTelemetry();
  // Without a secret nobody could log in: said now, and not to the first who tries.
  const { hashToken } = await import("./server/sessions.ts");
  hashToken("");
  const { awaitCache } = await import("./server/cache.ts");
  await awaitCache(2_000);
}

/** Of pages and Server Actions; endpoints of the API report theirs themselves. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, { routePath }) => {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { report } = await import("./server/errors.ts");
  report(error, { path: request.path.split("?")[0] ?? "", route: routePath });
};
