/** Where the program declares a resource. */
import type { SourcePosition } from "../../model/finding.ts";
import "./call-sites.ts";
import { dirname, isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { StackTrace } from "@pulumi/pulumi/proto/source_pb.js";

/** The innermost frame in the project's own code, this engine left out. */
export function sourcePosition(
  trace: StackTrace | undefined,
  projectDir: string,
): SourcePosition | undefined {
  for (const frame of trace?.getFramesList() ?? []) {
    const position = frame.getPc();
    if (!position) continue;
    const path = fileURLToPath(position.getUri());
    const file = relative(projectDir, path);
    const own = !file.startsWith("..") && !isAbsolute(file) && !file.includes("node_modules");
    if (own && dirname(path) !== import.meta.dirname) {
      return { file: file.replaceAll("\\", "/"), line: position.getLine() };
    }
  }
  return undefined;
}
