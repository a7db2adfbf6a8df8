/** A request whose answer is bounded: in time from the first packet to the last, and in bytes as they are unpacked. */

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Bounds {
  readonly milliseconds: number;
  /** Of the body, whatever it was compressed to. */
  readonly bytes: number;
}

/** What a page or an interface may answer with; theirs have a hundredth of it. */
export const usualBounds: Bounds = { milliseconds: 10_000, bytes: 8 * 1024 * 1024 };

/**
 * Asks once. Redirects are answers: what follows one decides where it may lead, and what is sent there.
 * @throws Error in a few words, none of them the server's
 */
export async function boundedFetch(
  url: URL,
  request: RequestInit = {},
  { milliseconds, bytes }: Bounds = usualBounds,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(milliseconds);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    const response = await fetch(url, { ...request, redirect: "manual", signal });
    return { status: response.status, headers: response.headers, text: await bodyOf(response, bytes) };
  } catch (error) {
    if (request.signal?.aborted) throw error;
    if (timeout.aborted) throw new Error(`no whole answer within ${milliseconds / 1000} s`, { cause: error });
    throw new Error(reasonOf(error), { cause: error });
  }
}

async function bodyOf({ body }: Response, bytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let [read, text] = [0, ""];
  for await (const chunk of body ?? []) {
    read += chunk.length;
    // Leaving the loop cancels the rest.
    if (read > bytes) throw new Error(`the answer has more than ${bytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Node.js puts what went wrong behind "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause } = Object(error);
  const { code, message } = Object(cause ?? error);
  return String(message || code || error);
}
