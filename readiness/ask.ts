/** A request to a vendor's interface. */
import { UsageError } from "./errors.ts";

const timeoutMs = 10_000;

/**
 * The answer's body, which is JSON.
 * @param hint what a status of the answer says about what was given, such as `: the key is not accepted`
 * @throws UsageError with the address and the status, never what was sent
 */
export async function ask(
  url: URL,
  request: RequestInit,
  hint: (status: number) => string,
): Promise<unknown> {
  const place = `${url.origin}${url.pathname}`;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  const response = await fetch(url, { ...request, signal }).catch((error: unknown) => {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new UsageError(`${place} cannot be reached: ${cause}`);
  });
  if (!response.ok) throw new UsageError(`${place} answered ${response.status}${hint(response.status)}`);
  return response.json();
}
