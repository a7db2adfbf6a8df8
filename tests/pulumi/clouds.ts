/** All the stand-in clouds of a test's stack: test equipment. */
import { Cloud, type CloudEvent, type CloudResource, type Props } from "./stand-ins/cloud.ts";
import { countCalls, type Fault, planFaults } from "./stand-ins/fault.ts";

const packages = ["aws", "datadog", "pagerduty", "random", "vercel"] as const;

export class Clouds {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What exists now. */
  live(): readonly CloudResource[] {
    return packages.flatMap((name) => new Cloud(this.#directory, name).live);
  }

  /** Everything that was ever done; in order within each cloud. */
  events(): readonly CloudEvent[] {
    return packages.flatMap((name) => new Cloud(this.#directory, name).events);
  }

  /** Lets something go wrong in the next run; without a fault nothing does. */
  plan(...faults: readonly Fault[]): void {
    planFaults(this.#directory, faults);
  }

  /** How many calls that change something there were since the last `plan`. */
  calls(): number {
    return countCalls(this.#directory);
  }

  /** Changes a resource as somebody at the vendor's console would. */
  change(resource: CloudResource, inputs: Props): void {
    this.#record({
      ...resource,
      op: "update",
      inputs: { ...resource.inputs, ...inputs },
      outputs: { ...resource.outputs, ...inputs },
    });
  }

  /** Has a resource that somebody else has made. */
  bring(resource: CloudResource): void {
    this.#record({ ...resource, op: "create" });
  }

  /** Deletes a resource as somebody at the vendor's console would. */
  remove(resource: CloudResource): void {
    this.#record({ ...resource, op: "delete" });
  }

  #record(event: CloudEvent): void {
    new Cloud(this.#directory, event.type.split(":")[0] ?? "").record(event);
  }
}
