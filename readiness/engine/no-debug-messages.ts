/**
 * Stops the SDK's debug messages: it reports every resource's outputs in them, secrets as plain text, and the engine
 * writes them to event logs.
 */
import "./lean-imports.ts";
import { createRequire } from "node:module";

const log: { debug: () => Promise<void> } = createRequire(import.meta.url)("@pulumi/pulumi/log");
log.debug = () => Promise.resolve();
