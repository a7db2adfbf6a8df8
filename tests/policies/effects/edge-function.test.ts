import { expect, it } from "vitest";
import { setsAddress } from "../../../policies/effects/edge-function.ts";

const set = `event.request.headers["x-address"] = { value: event.viewer.ip };`;
const handler = (body: string) => `function handler(event) {\n  ${body}\n}\n`;

it.each([
  ["is set", handler(`${set}\n  return event.request;`), true],
  [
    "is set, in other words",
    `async ${handler(`const request = event.request;
      // The connection's.
      request.headers['x-address'] = {value: event.viewer.ip}
      return request`)}`,
    true,
  ],
  ["is not set", handler("return event.request;"), false],
  ["is another's", handler(`${set.replace("x-address", "x-other")} return event.request;`), false],
  ["is constant", handler(`${set.replace("event.viewer.ip", '"192.0.2.1"')} return event.request;`), false],
  [
    "is set where the customer did not",
    handler(`if (!event.request.headers["x-address"]) ${set} return event.request;`),
    false,
  ],
  ["is set, and more is done", handler(`${set} event.request.uri = "/"; return event.request;`), false],
  ["is set in a comment", handler(`/* ${set} */ return event.request;`), false],
  ["is set after the answer", handler(`return event.request; ${set}`), false],
])("the address %s", (_, code, expected) => {
  expect(setsAddress(code, "x-address")).toBe(expected);
});
