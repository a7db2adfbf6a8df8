/** The classes have different latency targets: model/service-levels/targets.ts. */
export type EndpointClass = "list" | "read" | "write" | "analytics" | "search";

const reads: readonly (readonly [RegExp, EndpointClass])[] = [
  [/^\/api\/orders$/, "list"],
  [/^\/api\/orders\/[^/]+$/, "read"],
  [/^\/api\/analytics$/, "analytics"],
  [/^\/api\/search$/, "search"],
];

/** Nothing for pages, files, health and jobs. */
export function endpointClass(method: string, path: string): EndpointClass | undefined {
  if (method !== "GET" && method !== "HEAD") return path.startsWith("/api/orders/") ? "write" : undefined;
  return reads.find(([pattern]) => pattern.test(path))?.[1];
}
