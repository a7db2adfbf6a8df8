import { Counter, Forms } from "./parts";

export default function Page() {
  return (
    <main>
      <h1>Made at build time</h1>
      <Counter />
      <Forms />
    </main>
  );
}
