import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireUser } from "../../server/current-user.ts";
import { overview } from "../../server/overview.ts";

export const metadata: Metadata = { title: "Administration" };

/** Numbers alone: nothing here tells of a customer, and nothing can be changed. */
export default async function AdminPage() {
  const { role } = await requireUser();
  if (role !== "staff") notFound();
  const rows = Object.entries(await overview());
  return (
    <>
      <h1>Administration</h1>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">How many</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([what, count]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
