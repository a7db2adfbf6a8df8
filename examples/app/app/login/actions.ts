"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { openAccount, userWith } from "../../server/accounts.ts";
import { account, credentials, fieldsOf } from "../../server/input.ts";
import { clientOf, exceeded, limits } from "../../server/rate-limit.ts";
import { cookieName, cookieOptions, startSession } from "../../server/sessions.ts";

const wait = "Too many attempts. Please wait for some minutes.";

/** @returns what is wrong, for the form; whoever is let in is sent on */
export async function logIn(_: string | undefined, form: FormData): Promise<string | undefined> {
  const { data } = credentials.safeParse(fieldsOf(form));
  if (!data) return "Please enter an e-mail address and a password.";
  if (await tooMany(data.email)) return wait;
  const id = await userWith(data.email, data.password);
  // The same words for both, or a stranger could ask who has an account.
  if (id === undefined) return "The e-mail address or the password is wrong.";
  return enter(id);
}

export async function signUp(_: string | undefined, form: FormData): Promise<string | undefined> {
  const { data } = account.safeParse(fieldsOf(form));
  if (!data) return "Please enter a name, an e-mail address, and a password of 12 characters or more.";
  if (await tooMany(data.email)) return wait;
  const id = await openAccount(data);
  if (id === undefined) return "An account could not be opened with this e-mail address.";
  return enter(id);
}

async function tooMany(email: string): Promise<boolean> {
  const counted = [clientOf(await headers()), email].map((who) => exceeded(limits.login, who));
  return (await Promise.all(counted)).some((seconds) => seconds !== undefined);
}

async function enter(userId: number): Promise<never> {
  (await cookies()).set(cookieName(), await startSession(userId), cookieOptions());
  redirect("/portal");
}
