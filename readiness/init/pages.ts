/** Which of an app's addresses are likely its homepage, login, portal and admin, and which stand for a class of its API. */

const pages: Readonly<Record<string, RegExp>> = {
  homepage: /^\/$/,
  login: /\/(log-?in|sign-?in)$/,
  portal: /^\/(portal|dashboard|app|account|accounts|home|workspace)$/,
  admin: /^\/(admin|backoffice|staff|manage)\b/,
};

/** Lines `name=path`, for what was found. */
export function pagesAmong(paths: readonly string[]): readonly string[] {
  return chosen(pages, paths);
}

const routes: Readonly<Record<string, RegExp>> = {
  search: /search|find|query/,
  analytics: /analytic|stat|report|metric|total/,
  read: /\/1$/,
  write: /draft|check|valid|new|create/,
};

/** What is left over is a list; jobs, health and hooks are none of the API's classes. */
export function routesAmong(paths: readonly string[]): readonly string[] {
  const api = paths.filter(
    (path) => path.startsWith("/api/") && !/\b(cron|health|webhook|auth)\b/.test(path),
  );
  const some = chosen(routes, api);
  const taken = some.map((line) => line.split("=")[1]);
  const list = api.find((path) => !taken.includes(path) && !path.includes("/1"));
  return list === undefined ? some : [`list=${list}`, ...some];
}

function chosen(kinds: Readonly<Record<string, RegExp>>, paths: readonly string[]): readonly string[] {
  const sorted = paths.toSorted((a, b) => a.length - b.length || a.localeCompare(b));
  return Object.entries(kinds).flatMap(([name, form]) => {
    const path = sorted.find((candidate) => form.test(candidate));
    return path === undefined ? [] : [`${name}=${path}`];
  });
}
