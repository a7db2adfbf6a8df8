import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { cookieName, type User, userOf } from "./sessions.ts";

/** Who is logged in; asked for once for each request. */
export const currentUser = cache(
  async (): Promise<User | undefined> => userOf((await cookies()).get(cookieName())?.value),
);

/** Who is logged in; anybody else is sent to the login. */
export async function requireUser(): Promise<User> {
  return (await currentUser()) ?? redirect("/login");
}
