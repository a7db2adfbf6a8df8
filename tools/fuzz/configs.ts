/** Stack files, as texts and as settings: refused with their lines, or good enough for the whole program. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { check } from "../../readiness/check/check.ts";
import { exitStatus } from "../../readiness/exit-status.ts";
import { loadStack } from "../../readiness/inputs/stack-file.ts";
import type { Kind } from "./kind.ts";
import { changedText, changedTree, nested } from "./mutations.ts";
import { canary, carried, faultOf } from "./oracle.ts";

interface Config {
  readonly text: string;
  /** Whether the program is run, too, where the text is taken. */
  readonly whole: boolean;
}

const root = join(import.meta.dirname, "../..");
/** What no message may show: encrypted, forgotten as plain text, and a provider's. */
const secrets = [
  `  secrets:STRIPE_KEY: { secure: "v1:${canary}" }`,
  `  secrets:MAIL_KEY: ${canary}`,
  `  aws:secretKey: ${canary}`,
  "",
].join("\n");

export function configs(): Kind<Config> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-configs-"));
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: readiness\nruntime: nodejs\nmain: ${relative(folder, join(root, "index.ts"))}\n`,
  );
  const texts = ["prod", "staging"].map((stack) =>
    readFileSync(join(root, `tests/fixtures/Pulumi.${stack}.yaml`), "utf8"),
  );
  const trees = texts.map((text): unknown => parse(text));
  const changed = fc.oneof(
    changedText(fc.constantFrom(...texts)),
    changedTree(fc.constantFrom(...trees)).map((tree) => nested(stringify(tree))),
  );
  const withSecrets = fc
    .tuple(changed, fc.boolean())
    .map(([text, secret]) => (secret ? `${text.trimEnd()}\n${secrets}` : text));
  // Now and then, for it takes as long as a hundred texts.
  const whole = fc.oneof(
    { weight: 29, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );
  return {
    inputs: fc.record({ text: withSecrets, whole }),
    async judge({ text, whole }) {
      writeFileSync(join(folder, "Pulumi.prod.yaml"), text);
      const said = await carried(async () => {
        loadStack(folder, "prod");
        return exitStatus.go;
      });
      const fault = faultOf(said, /^Pulumi\.prod\.yaml cannot be used:$/);
      if (fault || said.status !== exitStatus.go || !whole) return fault;
      const outputs = [{ format: "text", out: undefined }] as const;
      const checked = await carried(() =>
        check(
          {
            stack: ["prod"],
            all: false,
            state: [],
            purpose: "release",
            outputs,
            quiet: false,
            conditional: false,
          },
          folder,
        ),
      );
      if (checked.stderr !== "") return `a config that is taken, and not by the program: ${checked.stderr}`;
      return faultOf(checked, /^$/);
    },
  };
}
