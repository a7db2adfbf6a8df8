export function GET(request: Request): Response {
  return request.headers.get("authorization") === `Bearer ${process.env["CRON_SECRET"]}`
    ? Response.json({ ran: true })
    : new Response("Unauthorized", { status: 401 });
}
