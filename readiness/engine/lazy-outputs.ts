/**
 * Gives a resource its outputs when they are first read. The SDK makes one of a dozen promises for each property that
 * a resource could have, and hardly any is ever read: of a large stack that is nearly all that a run takes.
 */
import { Output, rpc } from "./sdk.ts";

/** What the engine has answered: the arguments of a resolver of the SDK's. */
interface Answer {
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
  readonly deps: readonly object[];
  readonly error: Error | undefined;
}
type Resolve = (
  value: unknown,
  isKnown: boolean,
  isSecret: boolean,
  deps?: readonly object[],
  error?: Error,
) => void;

/** The properties of one resource. */
class Properties {
  readonly #answers = new Map<string, Answer>();
  /** Those whose outputs are read before the answer. */
  readonly #waiting = new Map<string, (answer: Answer) => void>();

  answer(key: string, answer: Answer): void {
    const wait = this.#waiting.get(key);
    if (wait) wait(answer);
    else this.#answers.set(key, answer);
  }

  output(resource: object, key: string): object {
    const known = this.#answers.get(key);
    this.#answers.delete(key);
    const answer = known
      ? Promise.resolve(known)
      : new Promise<Answer>((resolve) => this.#waiting.set(key, resolve));
    const part = <T>(read: (answer: Answer) => T) =>
      answer.then((given) => {
        if (given.error) throw given.error;
        return read(given);
      });
    return new Output(
      resource,
      part(({ value }) => value),
      part(({ isKnown }) => isKnown),
      part(({ isSecret }) => isSecret),
      part(({ deps }) => deps),
    );
  }
}

const ofResources = new WeakMap<object, Properties>();
/** By key: resources share them. */
const accessors = new Map<string, PropertyDescriptor>();

function accessorOf(key: string): PropertyDescriptor {
  const known = accessors.get(key);
  if (known) return known;
  const define = (resource: object, value: unknown) => {
    Object.defineProperty(resource, key, { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  const accessor: PropertyDescriptor = {
    enumerable: true,
    configurable: true,
    get(this: object) {
      return define(this, ofResources.get(this)?.output(this, key));
    },
    set(this: object, value: unknown) {
      define(this, value);
    },
  };
  accessors.set(key, accessor);
  return accessor;
}

/** Most of what a resource could tell is not known before its deployment. */
const nothing: Answer = { value: undefined, isKnown: false, isSecret: false, deps: [], error: undefined };

// As in the SDK (runtime/rpc.js), which resolves all of them when the engine has answered.
rpc.transferProperties = (resource, label, props) => {
  const properties = new Properties();
  ofResources.set(resource, properties);
  const resolvers: Record<string, Resolve> = {};
  for (const key of Object.keys(props)) {
    if (key === "id" || key === "urn") continue;
    if (Object.hasOwn(resource, key)) {
      throw new Error(`Property '${key}' is already initialized on target '${label}`);
    }
    Object.defineProperty(resource, key, accessorOf(key));
    resolvers[key] = (value, isKnown, isSecret, deps = [], error) =>
      properties.answer(
        key,
        value === undefined && !isKnown && !isSecret && deps.length === 0 && !error
          ? nothing
          : { value, isKnown, isSecret, deps, error },
      );
  }
  return resolvers;
};
