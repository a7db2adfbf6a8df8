/** Loaded into a process that shall reach nobody: no name leads to an address. */
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const none = () => Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
dns.lookup = (_name, options, callback) => process.nextTick(callback ?? options, none());
dns.promises.lookup = () => Promise.reject(none());
syncBuiltinESMExports();
