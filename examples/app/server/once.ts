/** One of a kind in the process: Next.js may load a module once for each of its layers. */
const made = globalThis as unknown as Record<symbol, unknown>;

export function once<T>(name: string, make: () => T): T {
  const key = Symbol.for(`portal.${name}`);
  made[key] ??= make();
  return made[key] as T;
}
