/** The browser of the machine. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Why tests in a browser cannot run; nothing where they can. */
export function browserMissing(): string | undefined {
  return findBrowser() ? undefined : "There is no Chromium on PATH: .ci/services installs it";
}

export function findBrowser(): string | undefined {
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((path) => join(path, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
