#!/usr/bin/env node
/** The command `readiness`. */
import "../supported-node.cjs";

await import("./cli.ts");
