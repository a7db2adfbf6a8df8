"use client";

export default function Failed({ reset }: { reset: () => void }) {
  return (
    <>
      <h1>Something went wrong on our side</h1>
      <p>It has been reported.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </>
  );
}
