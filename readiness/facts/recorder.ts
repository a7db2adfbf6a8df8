/**
 * Loaded into the program's own process by the real engine's preview (`--import`): notes what the program looks up and
 * what the engine answers, a line of JSON each, into the file that the environment names. No secret is written.
 */
import { appendFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { notesVariable, withoutSecrets } from "./withhold.ts";

interface Struct {
  toJavaScript(): Record<string, unknown>;
}
interface Request {
  getTok?(): string;
  getType?(): string;
  getId?(): string;
  getArgs?(): Struct | undefined;
  getProvider(): string;
}
interface Response {
  getUnknown?(): boolean;
  getFailuresList?(): readonly unknown[];
  getReturn?(): Struct | undefined;
  getProperties?(): Struct | undefined;
}
type Callback = (error: unknown, response?: Response) => void;
type Method = (this: unknown, request: Request, ...rest: unknown[]) => unknown;
/** The methods of the engine's client that look something up. */
export interface MonitorClient {
  invoke: Method;
  readResource: Method;
}

/** Has a client note what it is answered. */
export function record(client: MonitorClient, note: (lookup: object) => void): void {
  for (const method of ["invoke", "readResource"] as const) {
    const ask = client[method];
    client[method] = function (request, ...rest) {
      const callback = rest.pop() as Callback;
      const noted: Callback = (error, response) => {
        const lookup = error ? undefined : lookupOf(request, response);
        if (lookup) note(lookup);
        callback(error, response);
      };
      return ask.call(this, request, ...rest, noted);
    };
  }
}

function lookupOf(request: Request, response: Response | undefined): object | undefined {
  const isFunction = request.getTok !== undefined;
  const token = request.getTok?.() ?? request.getType?.() ?? "";
  const answer = (isFunction ? response?.getReturn?.() : response?.getProperties?.())?.toJavaScript();
  const failed = (response?.getFailuresList?.().length ?? 0) > 0 || response?.getUnknown?.() === true;
  if (!answer || failed || token.startsWith("pulumi:")) return undefined;
  const args = isFunction ? (request.getArgs?.()?.toJavaScript() ?? {}) : { id: request.getId?.() };
  const shown = withoutSecrets("", args);
  // What was asked with a secret could be found again by that alone.
  if (JSON.stringify(shown) !== JSON.stringify(args)) return undefined;
  const provider = request.getProvider().split("::").at(-2) ?? "";
  return {
    kind: isFunction ? "function" : "resource",
    token,
    provider,
    args,
    answer: withoutSecrets(token, answer),
  };
}

const notes = process.env[notesVariable];
if (notes && /cmd[/\\]run(?:[/\\]index\.js)?$/.test(process.argv[1] ?? "")) {
  const { ResourceMonitorClient } = createRequire(join(process.cwd(), "package.json"))(
    "@pulumi/pulumi/proto/resource_grpc_pb.js",
  );
  const note = (line: object) => appendFileSync(notes, `${JSON.stringify(line)}\n`);
  note({ kind: "begin" });
  record(ResourceMonitorClient.prototype, note);
}
