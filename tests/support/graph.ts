/** Who imports whom. */

/** Node to what it points to; what is no node itself is passed over. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** One circle through each node that lies on any, as `a → b → a`, each told once. */
export function circles(graph: Graph): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, way: readonly string[]): void => {
    const at = way.indexOf(node);
    if (at >= 0) {
      found.push([...way.slice(at), node].join(" → "));
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) if (graph.has(next)) walk(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}

/** The graph of the entries of a folder: a file or sub-folder points to each other one that a file of it points to. */
export function lifted(graph: Graph, folder: string): Graph {
  const prefix = folder === "" ? "" : `${folder}/`;
  const entryOf = (file: string) =>
    file.startsWith(prefix) ? prefix + (file.slice(prefix.length).split("/")[0] ?? "") : undefined;
  const entries = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const entry = entryOf(file);
    if (entry === undefined) continue;
    const others = entries.get(entry) ?? new Set();
    entries.set(entry, others);
    for (const target of targets) {
      const other = entryOf(target);
      if (other !== undefined && other !== entry) others.add(other);
    }
  }
  return new Map([...entries].map(([entry, others]) => [entry, [...others]]));
}
