/** The package.json of the package. */
import project from "../../package.json" with { type: "json" };

type Versions = Readonly<Record<string, string>>;
const dependencies: Versions = project.dependencies;

/** Of a program and of what it uses there has to be one copy. */
const ofTheProgram = (name: string) => /^@pulumi(verse)?\//.test(name);
/** The embedded engine is made of parts of the SDK that may be others with its next minor version. */
const peerRange = (name: string) => (/^@pulumi\/(pulumi|policy)$/.test(name) ? "~" : "^");

/** Name of an entry to its module, without the ending. */
const entries = {
  ".": "components/from-config",
  "./components/*": "components/*",
  "./model/*": "model/*",
  "./rules": "policies/rules",
  "./policies/*": "policies/*",
  "./cli": "readiness/embedded",
};

export const manifest = {
  name: project.name,
  version: project.version,
  description: project.description,
  license: project.license,
  type: project.type,
  engines: project.engines,
  // npx runs the one of the package's name.
  bin: { readiness: "readiness/cli.mjs", [project.name]: "readiness/cli.mjs" },
  exports: {
    ...Object.fromEntries(
      Object.entries(entries).map(([entry, path]) => [
        entry,
        { types: `./${path}.d.ts`, default: `./${path}.js` },
      ]),
    ),
    "./policy-pack": "./policies/pack.js",
    "./command": "./readiness/cli.mjs",
    "./program-start": "./readiness/engine/program-start.mjs",
    "./stack.schema.json": "./model/config/stack.schema.json",
    "./package.json": "./package.json",
  },
  files: [
    ".github",
    "actions",
    "components",
    "docs",
    "model",
    "policies",
    "provider",
    "readiness",
    "supported-node.cjs",
    "supported-node.d.cts",
  ],
  dependencies: pick((name) => !ofTheProgram(name)),
  peerDependencies: pick(ofTheProgram, peerRange),
};

function pick(wanted: (name: string) => boolean, range: (name: string) => string = () => ""): Versions {
  return Object.fromEntries(
    Object.entries(dependencies)
      .filter(([name]) => wanted(name))
      .map(([name, version]) => [name, range(name) + version]),
  );
}
