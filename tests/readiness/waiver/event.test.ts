import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { teamHandles } from "../../../model/on-call/chat.ts";
import { postEvent } from "../../../readiness/waiver/event.ts";
import { makeProject, run } from "../project.ts";
import { spec } from "../proofs/house.ts";

interface Sent {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly event: { readonly title: string; readonly text: string };
}

let server: Server;
let status: number;
let sent: Sent[];
let env: { readonly DD_API_KEY: string; readonly DD_HOST: string };
beforeEach(async () => {
  [status, sent] = [202, []];
  server = createServer(async (request, response) => {
    sent.push({ url: request.url, headers: request.headers, event: JSON.parse(await text(request)) });
    response.writeHead(status).end('{"status":"ok"}');
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  env = { DD_API_KEY: "K-secret", DD_HOST: `http://127.0.0.1:${port}` };
});
afterEach(() => server.close());

const [channel] = teamHandles(spec);

it("tells the team's channel what to look at", async () => {
  await postEvent("Waivers", ["One ends in 3 days.", "Another ended."], spec, env);
  expect(sent).toMatchObject([
    {
      url: "/api/v1/events",
      headers: { "dd-api-key": "K-secret" },
      event: {
        title: "Waivers",
        text: `- One ends in 3 days.\n- Another ended.\n${channel}`,
        alert_type: "warning",
        tags: ["env:prod"],
      },
    },
  ]);
});

it("tells nobody whom a waiver's text names", async () => {
  await postEvent("Waivers", ["@all look (@here), ana@example.com\n@slack-x-y \u001b[2J"], spec, env);
  expect(sent[0]?.event.text).toBe(`- all look (here), ana@example.com slack-x-y\n${channel}`);
});

it.each(["", "http://datadog.example", "https://ana:hunter2@api.datadoghq.eu", "javascript:alert(1)", "x"])(
  "sends no key to %j",
  async (address) => {
    const posted = postEvent("Waivers", ["One ends."], spec, { DD_API_KEY: "K-secret", DD_HOST: address });
    await expect(posted).rejects.toThrow(
      /^DD_HOST must be an address such as https:\/\/api\.datadoghq\.eu, /,
    );
  },
);

it("keeps the channel in a text that is cut to what Datadog takes", async () => {
  await postEvent("Waivers", ["x".repeat(5000)], spec, env);
  const said = sent[0]?.event.text ?? "";
  expect([said.length, said.endsWith(`\n${channel}`)]).toEqual([4000, true]);
});

it("says nothing where there is nothing to look at", async () => {
  await postEvent("Waivers", [], spec, env);
  expect(sent).toEqual([]);
});

it("tells a refusal without the key", async () => {
  status = 403;
  const refusal = postEvent("Waivers", ["One ends."], spec, env);
  await expect(refusal).rejects.toThrow(/\/api\/v1\/events answered 403: DD_API_KEY is not accepted$/);
  await expect(refusal).rejects.not.toThrow("K-secret");
});

it("needs a key, also on the command line", async () => {
  const { status: exit, stderr } = await run(["waiver", "--stack", "prod", "--event"], {
    cwd: makeProject(),
    env: { DD_API_KEY: "" },
  });
  expect([exit, stderr]).toEqual([2, expect.stringContaining("--event needs DD_API_KEY")]);
});
