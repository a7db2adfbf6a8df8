import { type NextRequest, NextResponse } from "next/server";

export function GET(request: NextRequest): Response {
  return NextResponse.redirect(new URL("/greeting", request.url));
}
