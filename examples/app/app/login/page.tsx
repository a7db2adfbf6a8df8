import type { Metadata } from "next";
import { LogIn, SignUp } from "./forms.tsx";

export const metadata: Metadata = { title: "Log in" };

export default function LoginPage() {
  return (
    <>
      <h1>Log in</h1>
      <LogIn />
      <h2>Open an account</h2>
      <SignUp />
    </>
  );
}
