/** Everything that `verify` does, on servers that mean no good. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { verified } from "./healthy.ts";
import { hostile, listening } from "./hostile.ts";

const control = /(?![\n\t])[\p{Cc}\p{Cf}]/u;

it.each(hostile)("a site that %s is named, in time", async (_, deed, said) => {
  const server = await listening(deed);
  const began = performance.now();
  try {
    const waits = said.source.includes("within");
    const { status, faults } = await verified(
      { url: server.url.href, stack: "staging" },
      waits ? { milliseconds: 400 } : {},
    );
    expect(status).toBe(1);
    const pages = faults.filter((one) => one.startsWith("fail: page "));
    expect(pages.filter((one) => said.test(one))).toHaveLength(4);
    expect(faults.join("")).not.toMatch(control);
    expect(performance.now() - began).toBeLessThan(30_000);
  } finally {
    server.close();
  }
});

const large = hostile.filter(([, , said]) => said.source.includes("5 MB") || said.source.includes("64 KB"));

it.each(large)("of a site that %s 300 MB are enough", async (_, deed) => {
  const server = await listening(deed);
  const child = fork(join(import.meta.dirname, "measured.ts"), [server.url.href], { silent: true });
  const [megabytes] = await once(child, "message");
  server.close();
  expect(megabytes).toBeLessThan(300);
});
