"use client";
import { useActionState } from "react";
import { Problem } from "../login/forms.tsx";
import { askForHelp, draft } from "./actions.ts";

export function DraftOrder() {
  const [problem, send, pending] = useActionState(draft, undefined);
  return (
    <form action={send} id="draft">
      <label>
        What is ordered
        <input name="title" maxLength={200} required />
      </label>
      <label>
        Amount in euros
        <input name="amount" inputMode="decimal" required />
      </label>
      <button type="submit" disabled={pending}>
        Save as a draft
      </button>
      <Problem text={problem} />
    </form>
  );
}

export function AskForHelp() {
  const [answer, send, pending] = useActionState(askForHelp, undefined);
  return (
    <form action={send} id="help">
      <label>
        Your question
        <textarea name="message" maxLength={2000} required />
      </label>
      <button type="submit" disabled={pending}>
        Send
      </button>
      <p role="status">{answer}</p>
    </form>
  );
}
