import { counted } from "./business.ts";
import { query } from "./database.ts";
import { log } from "./log.ts";
import { hashPassword, isPassword } from "./passwords.ts";

/** @returns the account's id; nothing where there is none, or its password is another */
export async function userWith(email: string, password: string): Promise<number | undefined> {
  const [user] = await query<{ id: number; hash: string }>(
    "select id::int, password_hash as hash from users where email = $1",
    [email],
  );
  const isRight = (await isPassword(password, user?.hash)) && user !== undefined;
  // A monitor counts the failures: many of them are somebody who guesses.
  log("info", isRight ? "logged in" : "login failed", {
    evt: { name: "authentication", outcome: isRight ? "success" : "failure" },
  });
  return isRight ? user.id : undefined;
}

/** @returns the new account's id; nothing where the address has one */
export async function openAccount({
  name,
  email,
  password,
}: {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}): Promise<number | undefined> {
  const [user] = await query<{ id: number }>(
    "insert into users (name, email, password_hash) values ($1, $2, $3) on conflict (email) do nothing returning id::int",
    [name, email, await hashPassword(password)],
  );
  if (user) counted("signups");
  return user?.id;
}
