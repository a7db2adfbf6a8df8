/** Serves the components until the engine ends: `node serve.ts <engine>`, as Pulumi's language host starts it. */
import "../readiness/engine/no-debug-messages.ts";
import { main } from "@pulumi/pulumi/provider/server.js";
import { provider } from "./provider.ts";

await main(provider, process.argv.slice(2));
