"use client";

export default function Failed() {
  return (
    <html lang="en">
      <body>
        <h1>Something went wrong on our side</h1>
        <p>It has been reported. Please try again in a minute.</p>
      </body>
    </html>
  );
}
