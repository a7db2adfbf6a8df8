/**
 * Serves the build as Vercel does, where a request's address is the one that was asked for: `node serve.mjs <host>`,
 * a process for each host name. Prints its port.
 */
import { createServer } from "node:http";
import next from "next";

const [, , hostname] = process.argv;
const app = next({ dev: false, dir: import.meta.dirname, hostname, port: 443 });
await app.prepare();
const server = createServer(app.getRequestHandler());
server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));
