/** What is noted of lookups in the process of a program that Pulumi's own runner runs. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { expect, it, onTestFinished } from "vitest";
import { EngineLog } from "../../../readiness/engine/engine-log.ts";
import { Ledger } from "../../../readiness/engine/ledger.ts";
import type { Lookup } from "../../../readiness/engine/lookups.ts";
import { Monitor } from "../../../readiness/engine/monitor.ts";
import { notesVariable } from "../../../readiness/facts/withhold.ts";
import { withheld } from "../../../readiness/inputs/withheld.ts";
import { PATH, project } from "../project.ts";

type Methods = Readonly<Record<string, { readonly responseType: new () => unknown }>>;

/** The embedded engine's answers behind a socket, as the real one's are. */
function handlers(methods: Methods, service: object): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(methods).map(([method, { responseType }]) => [
      method,
      (call: { request: unknown }, callback: (error: Error | null, answer?: unknown) => void) => {
        const handle: unknown = Reflect.get(service, method);
        if (typeof handle !== "function") return callback(new Error(`no ${method}`));
        Promise.resolve(handle.call(service, call.request)).then(
          (answer) => callback(null, answer ?? new responseType()),
          (error) => callback(error),
        );
      },
    ]),
  );
}

async function served(
  log: EngineLog,
  answers: (lookup: Lookup) => Record<string, never> | undefined,
): Promise<string> {
  const ledger = new Ledger({ project: "looks-up", stack: "dev", config: {}, secretKeys: [] });
  const server = new Server();

  server.addService(
    ResourceMonitorService as never,
    handlers(ResourceMonitorService as never, new Monitor(ledger, project, answers)),
  );
  server.addService(EngineService as never, handlers(EngineService as never, log));
  const port = await promisify(server.bindAsync.bind(server))(
    "127.0.0.1:0",
    ServerCredentials.createInsecure(),
  );
  onTestFinished(() => server.forceShutdown());
  return `127.0.0.1:${port}`;
}

it("is noted as it was answered, without secrets", async () => {
  const log = new EngineLog();
  const address = await served(
    log,
    ({ kind }) =>
      (kind === "resource"
        ? {
            address: "portal.example",
            password: "canary-password",
            masterUserSecrets: [{ kmsKeyId: "k", secretArn: "a", secretString: "canary-secret" }],
          }
        : { url: "https://queue.example/jobs" }) as never,
  );
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "recorder-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const notes = join(folder, "notes.jsonl");
  const recorder = pathToFileURL(join(project, "readiness/facts/recorder.ts")).href;
  const program = join(project, "tests/readiness/engine/programs/looks-up");
  const runner = join(project, "node_modules/@pulumi/pulumi/cmd/run/index.js");
  const args = ["--monitor", address, "--engine", address, "--project", "looks-up", "--stack", "dev"];
  await promisify(execFile)(
    process.execPath,
    [runner, ...args, "--pwd", program, "--dry-run", join(program, "index.ts")],
    {
      cwd: program,
      env: {
        PATH,
        NODE_OPTIONS: `--import=${recorder}`,
        [notesVariable]: notes,
        PULUMI_NODEJS_TYPESCRIPT: "false",
      },
    },
  ).catch((error: unknown) => {
    throw new Error(JSON.stringify(log.entries), { cause: error });
  });
  const text = readFileSync(notes, "utf8");
  expect(text).not.toContain("canary");
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { kind: "begin" },
    {
      kind: "function",
      token: "aws:sqs/getQueue:getQueue",
      provider: "",
      args: { name: "jobs" },
      answer: { url: "https://queue.example/jobs" },
    },
    {
      kind: "resource",
      token: "aws:rds/instance:Instance",
      provider: "",
      args: { id: "portal" },
      answer: {
        address: "portal.example",
        password: withheld,
        // What it tells of the secret is where it is, and by what it is encrypted.
        masterUserSecrets: [{ kmsKeyId: "k", secretArn: "a", secretString: withheld }],
      },
    },
  ]);
});
