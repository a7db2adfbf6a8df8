/** A Redis or Valkey of our own, or a stand-in where the machine has none. */
import { spawn, spawnSync } from "node:child_process";
import { connect } from "node:net";
import { end, findProgram, freePort, type Service, until } from "./child.ts";
import { startStandIn } from "./redis-stand-in.ts";

export function machineRedis(): string | undefined {
  return findProgram(["valkey-server", "redis-server"]);
}

export async function startRedis(program = machineRedis()): Promise<Service> {
  if (program === undefined) return startStandIn();
  const port = await freePort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn(program, settings, { stdio: "ignore" });
  const stop = () => end(server, "SIGKILL");
  try {
    await until(() => answers(port), server, 10);
  } catch (error) {
    await stop();
    throw error;
  }
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  const [, version = ""] = /v=(\d+\.\d+)/.exec(stdout) ?? [];
  const name = program.endsWith("valkey-server") ? "Valkey" : "Redis";
  return { name: `${name} ${version}`.trim(), url: `redis://127.0.0.1:${port}`, stop };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    const done = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once("data", (data) => done(String(data).startsWith("+PONG")));
    socket.once("error", () => done(false));
  });
}
