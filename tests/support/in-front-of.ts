/** A proxy in front of the example app, for faults in its answers. */
import { request as ask, type RequestListener } from "node:http";

let clients = 0;

/** Hands on to the app, each time as another client of its rate limit. */
export function inFrontOf(url: string): RequestListener {
  clients += 1;
  const client = `192.0.2.${clients}`;
  const to = new URL(url);
  return (request, response) => {
    const headers = { ...request.headers, "x-forwarded-for": client };
    const { method, url: path } = request;
    const passed = ask({ host: to.hostname, port: to.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    request.pipe(passed);
  };
}

/** The text of an answer, changed on its way. */
export function rewritten(url: string, change: (text: string) => string): RequestListener {
  const to = new URL(url);
  return (request, response) => {
    const headers = { ...request.headers, "accept-encoding": "identity" };
    const { method, url: path } = request;
    const passed = ask({ host: to.hostname, port: to.port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        const { "content-length": _, "transfer-encoding": __, ...rest } = answer.headers;
        response
          .writeHead(answer.statusCode ?? 502, rest)
          .end(change(Buffer.concat(chunks).toString("utf8")));
      });
    });
    request.pipe(passed);
  };
}
