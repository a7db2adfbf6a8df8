/** Exports and checkpoints of what is deployed: damaged, packed, of other types, with what nobody expects. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { check } from "../../readiness/check/check.ts";
import { reportFormats } from "../../readiness/render/formats.ts";
import { deployedStacks, exportOf } from "../../tests/readiness/exports.ts";
import type { Kind } from "./kind.ts";
import { changedText, changedTree, nested } from "./mutations.ts";
import { canary, carried, faultOf } from "./oracle.ts";

interface State {
  /** In base 64. */
  readonly file: string;
  readonly format: (typeof reportFormats)[number];
  readonly quiet: boolean;
}

type Tree = Readonly<Record<string, unknown>>;

/** Pulumi's mark on a secret. */
const mark = "4dabf18193072939515e22adb298388d";

export function states(): Kind<State> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-states-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: readiness\nruntime: nodejs\n");
  const wholes = Object.values(deployedStacks).map((registrations) =>
    JSON.parse(JSON.stringify(exportOf(registrations)).replaceAll(/canary-\w+/g, canary)),
  );
  const exported = fc.oneof(
    { weight: 199, arbitrary: fc.constantFrom(...wholes).chain(someResources) },
    { weight: 1, arbitrary: fc.constantFrom(...wholes) },
  );
  const shaped = fc.oneof(
    { weight: 3, arbitrary: exported },
    { weight: 1, arbitrary: exported.map(asCheckpoint) },
  );
  // A secret is replaced as a whole or not at all: without its mark it would be none.
  const trees = changedTree(shaped, (value) => mark in value).map((tree) => nested(JSON.stringify(tree)));
  const texts = changedText(shaped.map((tree) => JSON.stringify(tree).replaceAll(canary, "hidden")));
  const file = fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: trees }, { weight: 1, arbitrary: texts }),
      encoding,
      packing,
      damage,
    )
    .map(([text, encode, pack, spoil]) => spoil(pack(encode(text))).toString("base64"));
  return {
    inputs: fc.record({
      file,
      format: fc.oneof(
        { weight: 3, arbitrary: fc.constant("text" as const) },
        fc.constantFrom(...reportFormats),
      ),
      quiet: fc.boolean(),
    }),
    async judge({ file, format, quiet }) {
      const path = join(folder, "state.json");
      writeFileSync(path, Buffer.from(file, "base64"));
      const said = await carried(() =>
        check(
          {
            stack: [],
            all: false,
            state: [path],
            purpose: "release",
            outputs: [{ format, out: undefined }],
            quiet: quiet && format === "text",
            conditional: false,
          },
          folder,
        ),
      );
      return faultOf(said, /^error: --state \S+state\.json/);
    },
  };
}

function someResources(state: Tree): fc.Arbitrary<Tree> {
  const deployment = state["deployment"] as { readonly resources: readonly unknown[] };
  return fc
    .subarray([...deployment.resources], { maxLength: 6 })
    .map((resources) => ({ ...state, deployment: { ...deployment, resources } }));
}

function asCheckpoint({ deployment, ...state }: Tree): Tree {
  return { ...state, checkpoint: { stack: "organization/readiness/prod", latest: deployment } };
}

const encoding = fc.oneof(
  { weight: 6, arbitrary: fc.constant((text: string) => Buffer.from(text)) },
  fc.constantFrom(
    (text: string) => Buffer.from(`\ufeff${text}`),
    (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"),
    (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    (text: string) => Buffer.from(text, "utf16le"),
    (text: string) => Buffer.from(text, "latin1"),
  ),
);

const packing = fc.oneof(
  { weight: 6, arbitrary: fc.constant((bytes: Buffer) => bytes) },
  fc.constantFrom(
    (bytes: Buffer) => gzipSync(bytes),
    (bytes: Buffer) => zstdCompressSync(bytes),
    (bytes: Buffer) => gzipSync(gzipSync(bytes)),
  ),
);

/** Bits that turn, and an end that comes too soon. */
const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((bytes: Buffer) => bytes) },
  fc.nat().map((at) => (bytes: Buffer) => bytes.subarray(0, at % (bytes.length + 1))),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => (bytes: Buffer) => {
    const index = at % Math.max(bytes.length, 1);
    const spoilt = Buffer.from(bytes);
    spoilt[index] = (spoilt[index] ?? 0) ^ bits;
    return spoilt;
  }),
);
