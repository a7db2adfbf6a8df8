/** One line on a terminal that says what is going on, gone when it is done; silent anywhere else. */

export function showProgress(text: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write("\r\u001b[K");
  process.stderr.write(text);
}

export function clearProgress(): void {
  showProgress("");
}
