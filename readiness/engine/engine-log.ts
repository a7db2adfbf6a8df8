/** The engine's own service of the protocol, `pulumirpc.Engine`: it takes what the program logs. */
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { LogSeverity } from "./sdk.ts";

/** Something that the program, or the SDK on its behalf, had to say. */
export interface LogEntry {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** The resource that it is about. */
  readonly urn?: string;
}

/** Debug messages are left out: the SDK writes several for each resource. */
const severities = new Map<number, LogEntry["severity"]>([
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
  [LogSeverity.ERROR, "error"],
]);

export class EngineLog {
  readonly entries: LogEntry[] = [];

  log(request: LogRequest): void {
    const severity = severities.get(request.getSeverity());
    const urn = request.getUrn();
    if (severity) this.entries.push({ severity, message: request.getMessage(), ...(urn && { urn }) });
  }

  setRootResource(): void {}

  requirePulumiVersion(): void {}
}
