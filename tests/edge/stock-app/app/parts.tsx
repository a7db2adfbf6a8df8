"use client";
import { useActionState, useState } from "react";
import { greet, leave, measure } from "./actions";

/** What only works where the page has come alive. */
export function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button type="button" id="count" onClick={() => setCount(count + 1)}>
      {count}
    </button>
  );
}

export function Forms() {
  const [greeting, send] = useActionState(greet, "");
  const [size, upload] = useActionState(measure, "");
  return (
    <>
      <form action={send}>
        <input name="name" defaultValue="Ana" />
        <button type="submit" id="greet">
          Greet
        </button>
        <output id="greeting">{greeting}</output>
      </form>
      <form action={upload}>
        <input name="file" type="file" />
        <button type="submit" id="upload">
          Upload
        </button>
        <output id="size">{size}</output>
      </form>
      <form action={leave}>
        <button type="submit" id="leave">
          Leave
        </button>
      </form>
    </>
  );
}
