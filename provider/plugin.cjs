// What Pulumi's language host loads for PulumiPlugin.yaml. It exports no classes, which that host would take for
// sources to analyse; and it imports, since what is required, ts-node compiles.
require("../supported-node.cjs");
module.exports = import("./serve.ts");
