import type { ReactNode } from "react";

export const metadata = { title: "Stock app" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body style={{ margin: "2rem" }}>{children}</body>
    </html>
  );
}
