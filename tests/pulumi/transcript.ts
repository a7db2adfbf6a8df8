/** Everything that the engine says in a test: test equipment. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

export class Transcript {
  readonly events: EngineEvent[] = [];
  #text = "";

  /** Options of an operation of the Automation API that is to be taken down. */
  readonly taken = {
    onOutput: (text: string) => this.add(text),
    onError: (text: string) => this.add(text),
    onEvent: (event: EngineEvent) => {
      this.events.push(event);
    },
  };

  add(text: string): void {
    this.#text += text;
  }

  /** What stands before each place where a text was printed or is in an event. */
  around(text: string): string[] {
    const all = this.#text + JSON.stringify(this.events);
    return all
      .split(text)
      .slice(0, -1)
      .map((before) => `…${before.slice(-200)}`);
  }
}

/** Paths of the files below a folder that contain a text, apart from those that `except` names. */
export function filesWith(text: string, folder: string, except: (path: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !except(path) && readFileSync(path).includes(text));
}
