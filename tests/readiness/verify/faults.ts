/** Answers of a site that is not well. */
import { type Fault, healthBody, html, send } from "./healthy.ts";

const json = { "content-type": "application/json" };
export const health =
  (status: number, more: object, headers: object = {}): Fault =>
  (_, response) =>
    send(response, status, { ...json, ...headers }, JSON.stringify(healthBody(more)));
export const answers =
  (status: number, text = "", headers: object = {}): Fault =>
  (_, response) =>
    html(response, status, () => text, headers);
export const redirect = (location: string): Fault => answers(302, "", { location });
export const every = (count: number, fault: Fault): Fault => {
  let asked = 0;
  return (request, response, next) => (++asked % count === 0 ? fault(request, response, next) : next());
};
export const slow =
  (milliseconds: number): Fault =>
  (_, __, next) =>
    void setTimeout(next, milliseconds);
/** The healthy answer without a header. */
export const without =
  (...names: readonly string[]): Fault =>
  (_, response, next) => {
    const write = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string>) =>
      write(
        status,
        Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))),
      )) as typeof write;
    next();
  };
