import { Counter, Forms } from "../parts";

export const dynamic = "force-dynamic";

export default function Page() {
  return (
    <main>
      <h1>Made for each request</h1>
      <Counter />
      <Forms />
    </main>
  );
}
