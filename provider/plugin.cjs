// What `main` of package.json names, and Pulumi's language host loads for PulumiPlugin.yaml. It exports no classes,
// which that host would take for sources to analyse, and is imported, not required: what is required, ts-node compiles.
require("../supported-node.cjs");
module.exports = import("./serve.ts");
