import { health, statusCodes } from "../../../server/health.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const found = await health();
  return Response.json(found, {
    status: statusCodes[found.status],
    headers: { "cache-control": "no-store" },
  });
}
