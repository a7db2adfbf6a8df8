/** What customers send, before anything is done with it. */
import { z } from "zod";

/** Money in euros, as people write it: 12, 12.5 or 12,50. */
const cents = z
  .string()
  .trim()
  .regex(/^\d{1,6}([.,]\d{1,2})?$/)
  .transform((written) => Math.round(Number(written.replace(",", ".")) * 100));

const title = z.string().trim().min(1).max(200);

export const draft = z.strictObject({ title, amount: cents });
export const draftJson = z.strictObject({ title, cents: z.int().min(0).max(99_999_999) });
export const credentials = z.strictObject({
  email: z.email().max(254).toLowerCase(),
  password: z.string().min(1).max(200),
});
export const account = credentials.extend({
  name: z.string().trim().min(1).max(100),
  password: z.string().min(12).max(200),
});
export const help = z.strictObject({ message: z.string().trim().min(1).max(2_000) });

/** The fields of a form, without those that Next.js adds. */
export function fieldsOf(form: FormData): Record<string, unknown> {
  return Object.fromEntries([...form].filter(([name]) => !name.startsWith("$")));
}
