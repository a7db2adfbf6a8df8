import Link from "next/link";
import { counted } from "../server/business.ts";
import { accountOf, totals } from "../server/orders.ts";

export default async function Home() {
  counted("visits");
  const { orders } = await totals(accountOf(undefined));
  return (
    <>
      <h1>Orders, without the paper</h1>
      <p>Draft an order, place it when it is ready, and find it again by any word of it.</p>
      <p className="quiet">The demonstration shop has {orders} orders.</p>
      <p>
        <Link href="/login">Log in or open an account</Link>
      </p>
    </>
  );
}
