/** Which page an address or a framework's route stands for. */

/** The pages that none of the routes serves; of a route such as `/orders/[id]` each part in brackets is any text. */
export function missingPages(pages: readonly string[], routes: readonly string[]): readonly string[] {
  return pages.filter((page) => !routes.some((route) => serves(route, page)));
}

function serves(route: string, page: string): boolean {
  const [wanted, given] = [partsOf(page), partsOf(route)];
  const rest = given.findIndex((part) => /^\[{1,2}\.\.\./.test(part));
  if (rest >= 0) {
    const least = given[rest]?.startsWith("[[") ? rest : rest + 1;
    return wanted.length >= least && given.slice(0, rest).every((part, i) => same(part, wanted[i]));
  }
  return wanted.length === given.length && given.every((part, i) => same(part, wanted[i]));
}

function same(part: string, wanted: string | undefined): boolean {
  return wanted !== undefined && (part === wanted || /^(\[[^.[\]]+\]|:\w+)$/.test(part));
}

/** Without groups, such as `(shop)`, that are no part of an address. */
function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && !/^\(.*\)$/.test(part));
}

/** The path of an address; undefined where it is none, or one of another host than `host`. */
export function pathOf(address: string, host: string | null): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, pathname } = new URL(address);
  if (!/^https?:$/.test(protocol) || (host !== null && hostname !== host)) return undefined;
  return samePath(pathname);
}

/** `/login/` is `/login`. */
export function samePath(path: string): string {
  return path.replace(/(?<=[^/]|^\/)\/+$/, "");
}
