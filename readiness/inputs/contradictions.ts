/**
 * Where a resource's inputs are not what its vendor told. A refresh takes over the inputs that the program gave: an
 * entry that somebody else added to a list stands in the outputs alone, as does everything of a provider that reads
 * no inputs. Only what a vendor gives back as it was sent is compared: flags, numbers, ids, address ranges, and how
 * many entries there are.
 */
type Values = Readonly<Record<string, unknown>>;

/** What a vendor raises by itself, within the bounds that the program sets. */
const selfScaling = new Set([
  "allocatedStorage",
  "desiredCapacity",
  "desiredCount",
  "iops",
  "readCapacity",
  "storageThroughput",
  "writeCapacity",
]);

/** A sentence for each; none shows a text, which may be secret. */
export function contradictions(inputs: Values, outputs: Values, path = ""): readonly string[] {
  return Object.entries(inputs).flatMap(([key, input]) => {
    if (key.startsWith("__") || selfScaling.has(key) || !(key in outputs)) return [];
    return compared(input, outputs[key], path === "" ? key : `${path}.${key}`, key);
  });
}

function compared(input: unknown, output: unknown, path: string, key: string): readonly string[] {
  if (Array.isArray(input) && Array.isArray(output)) return comparedLists(input, output, path, key);
  if (isMap(input) && isMap(output))
    return isMarked(input) || isMarked(output) ? [] : contradictions(input, output, path);
  const scalar = typeof input === "boolean" || typeof input === "number";
  if (scalar && typeof input === typeof output && input !== output) {
    return [`${path} is ${input} by its inputs and ${output} by its vendor's word`];
  }
  if (typeof input !== "string" || typeof output !== "string" || sameText(input, output)) return [];
  const emptied = kindOf(input) !== undefined && output === "";
  const another = kindOf(input) !== undefined && kindOf(input) === kindOf(output);
  return emptied || another ? [`${path} is not what its vendor tells`] : [];
}

function comparedLists(
  input: readonly unknown[],
  output: readonly unknown[],
  path: string,
  key: string,
): readonly string[] {
  // A provider may add its own to every resource.
  if (/^tags/i.test(key)) return [];
  if (input.length < output.length) {
    return [`${path} lacks entries that its vendor tells`];
  }
  const [one, other] = [input[0], output[0]];
  if (input.length === 1 && output.length === 1) return compared(one, other, `${path}.0`, "");
  const lost = input.some((entry) => isTelling(entry) && !output.some((o) => sameText(entry, o)));
  const added = output.some((entry) => isTelling(entry) && !input.some((i) => sameText(entry, i)));
  return lost || added ? [`${path} is not what its vendor tells`] : [];
}

function isTelling(entry: unknown): entry is string {
  return typeof entry === "string" && kindOf(entry) !== undefined;
}

function sameText(a: unknown, b: unknown): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}

/** Of which kind an id or an address range is: only two of a kind can be compared. */
function kindOf(text: string): string | undefined {
  const arn = /^arn:[^:]+:([^:]+):[^:]*:[^:]*:([a-z-]*)/.exec(text);
  if (arn) return `${arn[1]} ${arn[2]}`;
  if (/^[\d.]+\/\d+$|^[\da-f:]+\/\d+$/i.test(text)) return "range";
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text)) return "uuid";
  return /^([a-z]+[-_])[\da-f]{8,}$/i.exec(text)?.[1] ?? /^[PQ][A-Z\d]{6,13}$/.exec(text)?.[0][0];
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A secret, an asset or a reference: Pulumi's mark stands on it. */
function isMarked(value: Values): boolean {
  return "4dabf18193072939515e22adb298388d" in value;
}
