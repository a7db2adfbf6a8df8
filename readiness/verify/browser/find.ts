/** The browser of the machine: never downloaded. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/** Of CHROME_PATH, else of PATH; nothing where there is none. */
export function findBrowser(env: NodeJS.ProcessEnv): string | undefined {
  const given = env["CHROME_PATH"];
  if (given) return isProgram(given) ? given : undefined;
  const folders = (env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
