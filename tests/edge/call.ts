/** A request and its answer on their way between the stand-ins. */
import { type IncomingHttpHeaders, request } from "node:http";

export interface Call {
  readonly secure: boolean;
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  /** By name in small letters, without Host. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Where the connection comes from. */
  readonly address: string;
}

export interface Answer {
  readonly status: number;
  /** Of `set-cookie` and the like there may be several. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
  /** How long it takes to come, by the clock of a story; at once where absent. */
  readonly seconds?: number;
}

/** What is between two machines alone (RFC 9110, 7.6.1). */
const hopByHop = ["connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer"];

export function endToEnd<T>(headers: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));
}

export function plain(headers: IncomingHttpHeaders): Record<string, string> {
  const { host: _, ...others } = endToEnd(headers);
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]));
}

export const says = (status: number, text = "", headers: Answer["headers"] = {}): Answer => ({
  status,
  headers,
  body: Buffer.from(text),
});

/** Asks a server of this machine. */
export function ask(port: number, { method, host, path, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, method, path, headers: { ...headers, host }, agent: false },
      async (response) => {
        const chunks = await response.toArray();
        resolve({
          status: response.statusCode ?? 0,
          headers: endToEnd(response.headers) as Answer["headers"],
          body: Buffer.concat(chunks),
        });
      },
    );
    sent.on("error", reject).end(body);
  });
}
