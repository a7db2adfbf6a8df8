/** Where the stock app's build is, what it takes to run it, and the browser that looks at it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { browserMissing, findBrowser } from "../support/browser.ts";

const folder = join(import.meta.dirname, "stock-app");

/** Why the tests with it cannot run; nothing where they can. */
export function stockAppMissing(): string | undefined {
  if (!existsSync(join(folder, ".next/BUILD_ID"))) return "The app is not built: .ci/stock-app builds it";
  return browserMissing();
}

/** As much of playwright-core as is used; it is a package of the app's own. */
export interface Page {
  goto(url: string): Promise<unknown>;
  click(selector: string): Promise<void>;
  textContent(selector: string): Promise<string | null>;
  setInputFiles(
    selector: string,
    file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
  ): Promise<void>;
  waitForURL(url: string): Promise<void>;
  on(event: "console", heard: (message: { text(): string; type(): string }) => void): void;
  on(event: "pageerror", heard: (error: Error) => void): void;
  close(): Promise<void>;
}
export interface Browser {
  newPage(options: { readonly ignoreHTTPSErrors: boolean }): Promise<Page>;
  close(): Promise<void>;
}

/** @param hosts where the browser finds hosts, as Chromium's option `host-resolver-rules` has it */
export async function launchBrowser(hosts: string): Promise<Browser> {
  const { chromium } = createRequire(join(folder, "package.json"))("playwright-core") as {
    chromium: { launch(options: object): Promise<Browser> };
  };
  return chromium.launch({ executablePath: findBrowser(), args: [`--host-resolver-rules=${hosts}`] });
}

/** A server of the app's for one host name, on a port of this machine. */
export async function serve(
  host: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly port: number; readonly process: ChildProcess }> {
  const server = spawn(process.execPath, ["serve.mjs", host], {
    cwd: folder,
    env: { ...process.env, ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const [, port] = /^port (\d+)$/.exec(line) ?? [];
    if (port) return { port: Number(port), process: server };
  }
  await once(server, "close");
  throw new Error(`the app does not come up: it ends with ${server.exitCode}`);
}
