/** What Node.js loads before a program that Pulumi's own engine runs: Pulumi.yaml names this. */
import "./call-sites.ts";
import "./no-debug-messages.ts";
import "./release-gate.ts";
