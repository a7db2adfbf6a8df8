/** Sessions: the browser has a random token, the database its keyed hash. Who reads one cannot make the other. */
import { createHmac, randomBytes } from "node:crypto";
import { cached, forget } from "./cache.ts";
import { query, queryOne } from "./database.ts";
import { isSecure } from "./site.ts";

export interface User {
  readonly id: number;
  readonly name: string;
  readonly role: "member" | "staff";
}

const hours = 12;
/** A session that was ended elsewhere lives so much longer at most where the cache was away. */
const cachedSeconds = 60;

/** `__Host-`: of this host alone, and over TLS alone. */
export const cookieName = () => (isSecure(process.env) ? "__Host-session" : "session");

export const cookieOptions = () =>
  ({
    httpOnly: true,
    secure: isSecure(process.env),
    sameSite: "lax",
    path: "/",
    maxAge: hours * 3600,
  }) as const;

/** @throws Error where there is no secret to sign with */
export function hashToken(token: string, secret = process.env["SESSION_SECRET"]): string {
  if (!secret || secret.length < 32) throw new Error("SESSION_SECRET must have 32 characters at least");
  return createHmac("sha256", secret).update(token).digest("hex");
}

/** @returns the token for the browser */
export async function startSession(userId: number): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await query(
    "insert into sessions (token_hash, user_id, expires_at) values ($1, $2, now() + $3 * interval '1 hour')",
    [hashToken(token), userId, hours],
  );
  return token;
}

export async function userOf(token: string | undefined): Promise<User | undefined> {
  if (!token) return undefined;
  const hash = hashToken(token);
  const [user] = await cached(`session:${hash}`, cachedSeconds, () =>
    query<User>(
      "select u.id::int, u.name, u.role from sessions s join users u on u.id = s.user_id where s.token_hash = $1 and s.expires_at > now()",
      [hash],
    ),
  );
  return user;
}

export async function endSession(token: string): Promise<void> {
  const hash = hashToken(token);
  await query("delete from sessions where token_hash = $1", [hash]);
  await forget(`session:${hash}`);
}

export async function activeSessions(): Promise<number> {
  const { count } = await queryOne<{ count: number }>(
    "select count(*)::int as count from sessions where expires_at > now()",
  );
  return count;
}
