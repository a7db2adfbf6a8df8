/** What leaves the machine: metrics of deliveries, and the log's heads for other machines. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anchorRef } from "../../../../readiness/release/log/anchor.ts";
import { git } from "../../proofs/ready-project.ts";
import { House } from "./house.ts";

let house: House;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.dispose());

describe("metrics of deliveries", () => {
  let server: Server;
  let status = 202;
  const sent: string[] = [];
  beforeEach(async () => {
    [status, sent.length] = [202, 0];
    server = createServer(async (request, response) => {
      const { series } = JSON.parse(await text(request));
      if (status === 202) sent.push(...series.map((one: { metric: string }) => one.metric.split(".").at(-1)));
      response.writeHead(status).end('{"errors":[]}');
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    house.env = { DD_API_KEY: "K", DD_HOST: `http://127.0.0.1:${port}` };
  });
  afterEach(() => server.close());

  it("are sent once each, and later where Datadog did not take them", async () => {
    house.statuses = [0, 0, 0, 0, 1];
    status = 500;
    expect(await house.walk({ run: true })).toBe(1);
    expect(house.output).toContain("Not sent to Datadog: http");
    status = 202;
    expect(await house.walk({ run: true })).toBe(1);
    expect(sent).toEqual(["deployments", "lead_time", "failures"]);
    expect(await house.walk({ rollback: true })).toBe(0);
    expect(sent).toEqual(["deployments", "lead_time", "failures", "time_to_restore"]);
  });

  it("are printed where there is no key", async () => {
    house.env = {};
    expect(await house.walk({ run: true })).toBe(0);
    expect(house.output).toMatch(
      /Not sent to Datadog, without DD_API_KEY.*\n {2}\w+\.prod\.release\.deployments\{/,
    );
    expect(sent).toEqual([]);
  });
});

describe("machines that share the log's heads", () => {
  let shared: string;
  beforeEach(() => {
    shared = mkdtempSync(join(tmpdir(), "shared-"));
    git(shared, "init", "--quiet", "--bare");
    git(house.folder, "remote", "add", "origin", shared);
    return () => rmSync(shared, { recursive: true });
  });
  const ref = anchorRef("prod");

  it("know of each step before it is carried out", async () => {
    const known: string[] = [];
    const { execute } = house.world;
    Object.assign(house.world, {
      execute: (...args: Parameters<typeof execute>) => {
        known.push(git(shared, "show", `${ref}:log.jsonl`).split("\n").at(-1) ?? "");
        return execute(...args);
      },
    });
    house.statuses = [0, 1];
    await house.walk({ run: true, remote: "origin" });
    expect(known.map((line) => JSON.parse(line).fact)).toMatchObject([
      { event: "begun", step: "staging.deploy" },
      { event: "begun", step: "staging.verify" },
    ]);
  });

  it("are refused where another has gone on", async () => {
    house.statuses = [1];
    await house.walk({ run: true, remote: "origin" });
    const tip = git(shared, "rev-parse", ref);
    const entries = house.entries().length;
    const message = `${entries + 1} sha256:${"0".repeat(64)}`;
    const further = git(shared, "commit-tree", `${tip}^{tree}`, "-p", tip, "-m", message);
    git(shared, "update-ref", ref, further);
    await expect(house.walk({ run: true, remote: "origin" })).rejects.toThrow(
      `entry ${entries + 1} is missing at its end`,
    );
    expect(house.done).toHaveLength(1);
  });
});
