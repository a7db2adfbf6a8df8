/**
 * Lets the SDK find where a program declares a resource. It reads the text of a stack trace, and misses the top level
 * of ES modules there, and their paths.
 */

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import { self as between } from "./lean-imports.ts";

/** Frames that are looked at, of which the SDK's own are five. */
const depth = 24;

const { Resource }: { Resource: object } = createRequire(import.meta.url)("@pulumi/pulumi/resource");
Object.assign(Resource, {
  callsites: () =>
    getCallSites(depth)
      .filter(({ scriptName }) => scriptName !== between)
      .map(({ scriptName, lineNumber, columnNumber }) =>
        // Of a program's own modules one is looked for; what the others are need not be written down.
        /^node:|[/\\]node_modules[/\\]/.test(scriptName)
          ? {}
          : { file: pathOf(scriptName), line: lineNumber, column: columnNumber },
      ),
});

/** ES modules are known by their URLs, CommonJS modules by their paths. */
function pathOf(script: string): string {
  return script.startsWith("file:") ? fileURLToPath(script) : script;
}
