/** Where the program declares a resource. */
import { dirname, isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import type { StackTrace } from "@pulumi/pulumi/proto/source_pb.js";
import type { SourcePosition } from "../../policies/resource.ts";
import { Resource } from "./sdk.ts";

/** Frames that are looked at, of which the SDK's own are five. */
const depth = 24;

// The SDK reads the text of a stack trace, and misses the top level of ES modules there.
Object.assign(Resource, {
  callsites: () =>
    getCallSites(depth).map(({ scriptName, lineNumber, columnNumber }) =>
      scriptName.startsWith("node:")
        ? {}
        : { file: pathOf(scriptName), line: lineNumber, column: columnNumber },
    ),
});

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

/** ES modules are known by their URLs, CommonJS modules by their paths. */
function pathOf(script: string): string {
  return script.startsWith("file:") ? fileURLToPath(script) : script;
}
