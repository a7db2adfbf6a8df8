"use server";
import { redirect } from "next/navigation";

export async function greet(_: string, form: FormData): Promise<string> {
  return `Hello ${form.get("name")}`;
}

export async function leave(): Promise<void> {
  redirect("/greeting");
}

export async function measure(_: string, form: FormData): Promise<string> {
  const file = form.get("file");
  return file instanceof File ? `${file.size} bytes` : "no file";
}
