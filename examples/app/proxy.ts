import { type NextRequest, NextResponse } from "next/server";
import { isSecure } from "./server/site.ts";

/** A nonce for each request, which Next.js takes from the request's policy (docs/edge.md). */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...intake()].join(" "),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure(process.env) ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Where pages report what visitors see. */
function intake(): string[] {
  const { DATADOG_SITE: site, DATADOG_RUM_CLIENT_TOKEN: token } = process.env;
  return site && token ? [`https://browser-intake-${site.replace(/\.(?=.*\.)/g, "-")}`] : [];
}

/** Pages alone: what the API answers runs nothing, and files have a name for each content. */
export const config = { matcher: "/((?!api/|_next/static|icon).*)" };
