import type { Metadata } from "next";
import { requireUser } from "../../server/current-user.ts";
import { listOrders } from "../../server/orders.ts";
import { logOut, place } from "./actions.ts";
import { AskForHelp, DraftOrder } from "./forms.tsx";

export const metadata: Metadata = { title: "Orders" };

const euros = new Intl.NumberFormat("en-IE", { style: "currency", currency: "EUR" });

export default async function PortalPage() {
  const user = await requireUser();
  const orders = await listOrders(user.id);
  return (
    <>
      <h1>Orders of {user.name}</h1>
      <table>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Amount</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {orders.map(({ id, title, cents, status }) => (
            <tr key={id}>
              <td>{title}</td>
              <td>{euros.format(cents / 100)}</td>
              <td>
                {status === "draft" ? (
                  <form action={place} className="inline">
                    <input type="hidden" name="id" value={id} />
                    <button type="submit" aria-label={`Place ${title}`}>
                      Place
                    </button>
                  </form>
                ) : (
                  status
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>New order</h2>
      <DraftOrder />
      <h2>Ask for help</h2>
      <AskForHelp />
      <form action={logOut}>
        <button type="submit">Log out</button>
      </form>
    </>
  );
}
