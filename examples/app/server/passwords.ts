import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** OWASP, "Password Storage Cheat Sheet": one of the settings for scrypt, 32 MB each time. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 2 ** 20 };
const bytes = 32;

/** `<salt>.<hash>` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString("base64url")}.${(await derive(password, salt, bytes, cost)).toString("base64url")}`;
}

/** @param hashed nothing where there is no such account: that takes as long as a wrong password */
export async function isPassword(password: string, hashed: string | undefined): Promise<boolean> {
  const [salt = "", hash = ""] = (hashed ?? "").split(".");
  const expected = Buffer.from(hash, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), bytes, cost);
  return expected.length === bytes && timingSafeEqual(given, expected);
}
