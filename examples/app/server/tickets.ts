import { counted, used } from "./business.ts";
import { query } from "./database.ts";
import type { User } from "./sessions.ts";

export async function openTicket(user: User, message: string): Promise<void> {
  await query("insert into tickets (user_id, message) values ($1, $2)", [user.id, message]);
  used("help");
  counted("support.tickets");
}
