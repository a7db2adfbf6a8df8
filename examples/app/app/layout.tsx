import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { browserReporting } from "../server/browser-reporting.ts";
import { currentUser } from "../server/current-user.ts";
import "./globals.css";
import { Reporting } from "./reporting.tsx";

/** Made at build time a page would have no nonce, and stay dead. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Portal", template: "%s · Portal" },
  description: "Orders of small shops: drafted, placed, found again.",
};

export default async function Layout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const reporting = browserReporting(process.env, user?.id);
  return (
    <html lang="en">
      <body>
        <header>
          <strong>Portal</strong>
          <nav aria-label="Main">
            <Link href="/">Home</Link>
            {user ? <Link href="/portal">Orders</Link> : <Link href="/login">Log in</Link>}
            {user?.role === "staff" && <Link href="/admin">Administration</Link>}
          </nav>
        </header>
        <main>{children}</main>
        {reporting && <Reporting settings={reporting} />}
      </body>
    </html>
  );
}
