require("../supported-node.cjs");

// Imported, not required: what is required, ts-node compiles. The pack runner waits for the promise.
module.exports = import("./pack.ts");
