/** The engine's own service of the protocol, `pulumirpc.Engine`: it takes what the program logs. */
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { LogSeverity } from "./sdk.ts";

/** Something that the program, or the SDK on its behalf, had to say. */
export interface LogEntry {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** The resource that it is about. */
  readonly urn?: string;
}

const severities = {
  [LogSeverity.DEBUG]: "debug",
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
} as const;

export class EngineLog {
  readonly entries: LogEntry[] = [];

  log(request: LogRequest): void {
    // The SDK writes several debug messages for each resource.
    if (request.getSeverity() === LogSeverity.DEBUG) return;
    const urn = request.getUrn();
    this.entries.push({
      severity: severities[request.getSeverity()],
      message: request.getMessage(),
      ...(urn && { urn }),
    });
  }

  setRootResource(): void {}

  requirePulumiVersion(): void {}
}
