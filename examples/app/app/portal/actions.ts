"use server";
import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { requireUser } from "../../server/current-user.ts";
import { fieldsOf, help, draft as written } from "../../server/input.ts";
import { draftOrder, placeOrder } from "../../server/orders.ts";
import { cookieName, endSession } from "../../server/sessions.ts";
import { openTicket } from "../../server/tickets.ts";

/** @returns what is wrong, for the form */
export async function draft(_: string | undefined, form: FormData): Promise<string | undefined> {
  const user = await requireUser();
  const { data } = written.safeParse(fieldsOf(form));
  if (!data) return "Please say what is ordered, and its amount such as 12.50.";
  await draftOrder(user, data.title, data.amount);
  revalidatePath("/portal");
  return undefined;
}

export async function place(form: FormData): Promise<void> {
  const user = await requireUser();
  const id = Number(form.get("id"));
  if (Number.isSafeInteger(id)) await placeOrder(user, id);
  revalidatePath("/portal");
}

/** @returns what to tell who asks */
export async function askForHelp(_: string | undefined, form: FormData): Promise<string> {
  const user = await requireUser();
  const { data } = help.safeParse(fieldsOf(form));
  if (!data) return "Please write your question, in 2000 characters at most.";
  await openTicket(user, data.message);
  return "Thank you. We answer within a day.";
}

export async function logOut(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(cookieName())?.value;
  if (token !== undefined) await endSession(token);
  jar.delete(cookieName());
  redirect("/");
}
