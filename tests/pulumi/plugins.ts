/** Knows which plugins of a test's stack are alive, and hears of calls that hang: test equipment. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export interface PluginWatch {
  /** Where plugins report. */
  readonly socket: string;
  /** Until no plugin is alive: those of an engine that was killed outlive it for a moment. */
  gone(): Promise<void>;
  /** Until a call hangs. @returns the id of the engine's process */
  hanging(): Promise<number>;
  close(): Promise<void>;
}

export async function watchPlugins(socket: string): Promise<PluginWatch> {
  const alive = new Set<Socket>();
  const server = createServer((plugin) => {
    alive.add(plugin);
    plugin.on("close", () => alive.delete(plugin)).on("error", () => {});
    createInterface(plugin).on("line", (line) => server.emit("hang", Number(line)));
  });
  server.listen(socket);
  await once(server, "listening");
  return {
    socket,
    gone: async () => {
      while (alive.size > 0) await Promise.all([...alive].map((plugin) => once(plugin, "close")));
    },
    hanging: async () => (await once(server, "hang"))[0],
    close: async () => {
      for (const plugin of alive) plugin.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}
