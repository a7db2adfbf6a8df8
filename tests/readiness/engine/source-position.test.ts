import { join } from "node:path";
import { pathToFileURL } from "node:url";
import source from "@pulumi/pulumi/proto/source_pb.js";
import { expect, test } from "vitest";
import { sourcePosition } from "../../../readiness/engine/source-position.ts";

const projectDir = join(import.meta.dirname, "../../..");

function traceOf(...files: readonly string[]) {
  const frames = files.map((file, i) => {
    const position = new source.SourcePosition()
      .setUri(pathToFileURL(join(projectDir, file)).href)
      .setLine(i + 1);
    return new source.StackFrame().setPc(position);
  });
  return new source.StackTrace().setFramesList([new source.StackFrame(), ...frames]);
}

test("the innermost frame of the project's own code counts", () => {
  const trace = traceOf(
    "node_modules/@pulumi/aws/provider.js",
    "readiness/engine/lean-imports.ts",
    "../elsewhere/shared.ts",
    "components/a b.ts",
    "index.ts",
  );
  expect(sourcePosition(trace, projectDir)).toEqual({ file: "components/a b.ts", line: 4 });
});

test("a trace without such a frame has no position", () => {
  expect(sourcePosition(traceOf("node_modules/@pulumi/aws/provider.js"), projectDir)).toBeUndefined();
  expect(sourcePosition(undefined, projectDir)).toBeUndefined();
});
