"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { openAccount, userWith } from "../../server/accounts.ts";
import { account, credentials, fieldsOf } from "../../server/input.ts";
import { clientOf, exceeded, limits, reached } from "../../server/rate-limit.ts";
import { cookieName, cookieOptions, startSession } from "../../server/sessions.ts";

const wait = "Too many attempts. Please wait for some minutes.";

/** @returns what is wrong, for the form; whoever is let in is sent on */
export async function logIn(_: string | undefined, form: FormData): Promise<string | undefined> {
  const { data } = credentials.safeParse(fieldsOf(form));
  if (!data) return "Please enter an e-mail address and a password.";
  if (await tooMany(data.email, reached)) return wait;
  const id = await userWith(data.email, data.password);
  if (id !== undefined) return enter(id);
  await tooMany(data.email, exceeded);
  // The same words for both, or a stranger could ask who has an account.
  return "The e-mail address or the password is wrong.";
}

export async function signUp(_: string | undefined, form: FormData): Promise<string | undefined> {
  const { data } = account.safeParse(fieldsOf(form));
  if (!data) return "Please enter a name, an e-mail address, and a password of 12 characters or more.";
  if (await tooMany(data.email, exceeded)) return wait;
  const id = await openAccount(data);
  if (id === undefined) return "An account could not be opened with this e-mail address.";
  return enter(id);
}

/** By who asks, and by the account that is asked for: guesses may come from many addresses. */
async function tooMany(email: string, asks: typeof exceeded): Promise<boolean> {
  const who = [clientOf(await headers()), email];
  const waits = await Promise.all(who.map((each) => asks(limits.login, each)));
  return waits.some((seconds) => seconds !== undefined);
}

async function enter(userId: number): Promise<never> {
  (await cookies()).set(cookieName(), await startSession(userId), cookieOptions());
  redirect("/portal");
}
