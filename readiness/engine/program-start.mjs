/** What Node.js loads before a program that Pulumi's own engine runs: Pulumi.yaml names this. */
import "../../supported-node.cjs";

await import("./call-sites.ts");
await import("./no-debug-messages.ts");
await import("./release-gate.ts");
