"use client";
import { useActionState } from "react";
import { logIn, signUp } from "./actions.ts";

export function LogIn() {
  const [problem, send, pending] = useActionState(logIn, undefined);
  return (
    <form action={send} id="login">
      <label>
        E-mail address
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit" disabled={pending}>
        Log in
      </button>
      <Problem text={problem} />
    </form>
  );
}

export function SignUp() {
  const [problem, send, pending] = useActionState(signUp, undefined);
  return (
    <form action={send} id="signup">
      <label>
        Name
        <input name="name" autoComplete="name" maxLength={100} required />
      </label>
      <label>
        E-mail address
        <input name="email" type="email" autoComplete="email" required />
      </label>
      <label>
        Password of 12 characters or more
        <input name="password" type="password" autoComplete="new-password" minLength={12} required />
      </label>
      <button type="submit" disabled={pending}>
        Open an account
      </button>
      <Problem text={problem} />
    </form>
  );
}

export function Problem({ text }: { text: string | undefined }) {
  return (
    <p className="wrong" role="alert">
      {text}
    </p>
  );
}
