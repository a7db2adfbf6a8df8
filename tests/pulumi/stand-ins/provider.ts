/**
 * A stand-in for one cloud's provider, with the contract that Pulumi's bridge of Terraform providers has: test
 * equipment. Inputs come without marks of secrets, and what comes back is marked by the engine.
 */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { computed, invoke, ordered, planned, replacesOn, sent, withName } from "./behaviour.ts";
import { Cloud, type CloudEvent, type CloudResource, type Props } from "./cloud.ts";
import { LostAnswer, numberCall, strike } from "./fault.ts";
import { idOf, importedId, refusal, sendsAgain } from "./names.ts";
import { schemaOf } from "./schema.ts";

/** How Pulumi's protocol writes a value that is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export class StandInProvider {
  readonly #cloud: Cloud;
  readonly #directory: string;
  readonly #hang: () => Promise<never>;
  #config: Props = {};

  /** @param directory where the record is kept, and faults are planned */
  constructor(
    packageName: string,
    directory: string,
    hang: () => Promise<never> = () => new Promise(() => {}),
  ) {
    this.#cloud = new Cloud(directory, packageName);
    this.#directory = directory;
    this.#hang = hang;
  }

  /** Takes the provider's own config, such as `region`. */
  configure(config: Props): void {
    this.#config = config;
  }

  /** Inputs as they will be sent. @throws where there is no such type, or no such input */
  check(urn: string, inputs: Props, olds: Props, seed: Uint8Array): Props {
    const { type, name } = parse(urn);
    const misspelled = Object.keys(inputs).find((key) => !schemaOf(type).inputs.has(key));
    if (misspelled) throw new Error(`${type} has no input ${misspelled}`);
    return withName(type, name, inputs, olds, seed);
  }

  /** Names of the inputs that differ, and of those that the vendor cannot change in place. */
  diff(urn: string, olds: Props, news: Props): { readonly changed: string[]; readonly replaces: string[] } {
    const { type } = parse(urn);
    const [before, after] = [ordered(type, olds), ordered(type, news)];
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) => !key.startsWith("__") && !isDeepStrictEqual(before[key], after[key]),
    );
    return { changed, replaces: changed.filter((key) => replacesOn(type, key)) };
  }

  /** What a create or update would give, as far as it can be known. */
  preview(urn: string, inputs: Props): Props {
    const { type } = parse(urn);
    const later = Object.keys(computed(type, unknown, inputs)).map((key) => [key, unknown]);
    return { id: unknown, ...Object.fromEntries(later), ...planned(type, inputs, this.#config), ...inputs };
  }

  /** Asks the cloud for something that is no resource. */
  invoke(token: string, args: Props): Props {
    return invoke(token, args, this.#cloud.live);
  }

  async create(urn: string, inputs: Props): Promise<CloudResource> {
    const { type } = parse(urn);
    const carryOut = (): CloudEvent => {
      const refused = refusal(type, inputs, this.#cloud.live);
      if (refused) throw new Error(refused);
      const id = idOf(type, inputs, randomUUID().slice(0, 8));
      const made = { ...computed(type, id, inputs), ...planned(type, inputs, this.#config) };
      return {
        op: "create",
        type,
        id,
        urn,
        inputs,
        ...request(type, inputs),
        outputs: { id, ...made, ...ordered(type, inputs) },
      };
    };
    try {
      return await this.#change(urn, carryOut);
    } catch (error) {
      if (!(error instanceof LostAnswer && sendsAgain(type))) throw error;
      return await this.#change(urn, carryOut);
    }
  }

  /**
   * Nothing where the cloud has no such resource.
   * @param inputs those that the engine has; none where it imports
   */
  read(urn: string, id: string, inputs: Props = {}): CloudResource | undefined {
    const { type } = parse(urn);
    const found = this.#cloud.find(type, importedId(type, id));
    return (
      found && {
        ...found,
        inputs: ordered(type, refreshed(inputs, found.inputs)),
        outputs: ordered(type, found.outputs),
      }
    );
  }

  async update(urn: string, id: string, inputs: Props): Promise<CloudResource> {
    return await this.#change(urn, () => {
      const old = this.#get(urn, id);
      const { type } = old;
      const kept = Object.fromEntries(Object.entries(old.outputs).filter(([key]) => !(key in old.inputs)));
      return {
        ...old,
        op: "update",
        inputs,
        ...request(type, inputs),
        outputs: { ...kept, ...planned(type, inputs, this.#config), ...ordered(type, inputs) },
      };
    });
  }

  async delete(urn: string, id: string): Promise<void> {
    await this.#change(urn, () => {
      const old = this.#get(urn, id);
      if (old.inputs["deletionProtection"] === true)
        throw new Error(`${old.type} ${id} has deletion protection`);
      return { ...old, op: "delete" };
    });
  }

  #get(urn: string, id: string): CloudResource {
    const found = this.#cloud.find(parse(urn).type, id);
    if (!found) throw new Error(`${parse(urn).type} ${id} does not exist`);
    return found;
  }

  async #change(urn: string, carryOut: () => CloudEvent): Promise<CloudResource> {
    const call = { number: numberCall(this.#directory), urn };
    await strike(this.#directory, call, "before", this.#hang);
    const event = carryOut();
    this.#cloud.record(event);
    await strike(this.#directory, call, "after", this.#hang);
    return event;
  }
}

/**
 * What a refresh makes of inputs: of what the program gave, all that is still there, as it is now. What somebody added
 * shows in the outputs alone, be it a property or an entry of a list.
 */
function refreshed(olds: Props, now: Props): Props {
  const given = Object.entries(olds).filter(([key]) => key in now);
  if (Object.keys(olds).length === 0) return now;
  return Object.fromEntries(given.map(([key, old]) => [key, refreshedValue(old, now[key])]));
}

function refreshedValue(old: unknown, now: unknown): unknown {
  if (!Array.isArray(old) || !Array.isArray(now)) return now;
  const isPlain = old.every((entry) => typeof entry !== "object");
  return isPlain ? old.filter((entry) => now.includes(entry)) : now.slice(0, old.length);
}

function request(type: string, inputs: Props): Pick<CloudResource, "sent"> {
  const changed = sent(type, inputs);
  return changed ? { sent: changed } : {};
}

function parse(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", name = ""] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name };
}
