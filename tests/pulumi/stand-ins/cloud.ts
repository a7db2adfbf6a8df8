/**
 * What a stand-in cloud holds: test equipment. Each package keeps an append-only record in one file, so that a
 * process that dies at any moment loses nothing it has done, and tests read what really happened.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Props = Readonly<Record<string, unknown>>;

/** A resource as the cloud has it. A real one knows nothing of URNs: they are for a test's messages alone. */
export interface CloudResource {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  /** What was asked for. */
  readonly inputs: Props;
  /** What the provider made of that in its request, where it differs: state and diffs do not tell. */
  readonly sent?: Props;
  /** That, and what the cloud made of it. */
  readonly outputs: Props;
}

/** One thing that the cloud did. */
export interface CloudEvent extends CloudResource {
  readonly op: "create" | "update" | "delete";
}

export class Cloud {
  readonly #file: string;
  readonly #events: CloudEvent[] = [];
  readonly #live = new Map<string, CloudResource>();

  /** @param directory holds one record for each package; read once, here */
  constructor(directory: string, packageName: string) {
    this.#file = join(directory, `${packageName}.jsonl`);
    if (!existsSync(this.#file)) return;
    for (const line of readFileSync(this.#file, "utf8").split("\n")) {
      if (line !== "") this.#apply(JSON.parse(line) as CloudEvent);
    }
  }

  /** Everything that was ever done, in order. */
  get events(): readonly CloudEvent[] {
    return this.#events;
  }

  /** What exists now. */
  get live(): readonly CloudResource[] {
    return [...this.#live.values()];
  }

  find(type: string, id: string): CloudResource | undefined {
    return this.#live.get(key({ type, id }));
  }

  record(event: CloudEvent): void {
    appendFileSync(this.#file, `${JSON.stringify(event)}\n`);
    this.#apply(event);
  }

  #apply(event: CloudEvent): void {
    const { op, ...resource } = event;
    this.#events.push(event);
    if (op === "delete") this.#live.delete(key(event));
    else this.#live.set(key(event), resource);
  }
}

function key({ type, id }: Pick<CloudResource, "type" | "id">): string {
  return `${type} ${id}`;
}
