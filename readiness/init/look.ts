/** What a folder tells of an app before anybody is asked; nothing of it is run. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pagerDutyZones, sameClock } from "../../model/on-call/time-zones.ts";
import { parseJson } from "../foreign-json.ts";
import { pagesAmong, routesAmong } from "./pages.ts";
import { places } from "./places.ts";
import { apiRoutes, pageRoutes } from "./routes.ts";
import { type Stores, storesOf } from "./stores.ts";

export interface Found {
  readonly name: string | undefined;
  readonly owner: string | undefined;
  /** On GitHub, owner/name. */
  readonly repository: string | undefined;
  readonly framework: string | undefined;
  /** Of the app, from the repository's root; nothing where there are several, or none. */
  readonly folder: string | undefined;
  /** Folders of all apps, from the repository's root. */
  readonly apps: readonly string[];
  /** Of AWS, beside the functions. */
  readonly region: string | undefined;
  readonly vercelTeamId: string | undefined;
  readonly database: Stores["database"];
  readonly databaseProvider: Stores["provider"];
  readonly cache: "valkey" | "none";
  readonly errors: "datadog" | "sentry";
  readonly crons: readonly string[];
  /** Lines `name=path`. */
  readonly pages: readonly string[];
  readonly routes: readonly string[];
  readonly timeZone: string | undefined;
  /** What was seen, a line each. */
  readonly said: readonly string[];
}

interface Manifest {
  readonly name?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** A dependency to the framework that it tells of; the first that is there counts. */
const frameworks: Readonly<Record<string, string>> = {
  next: "nextjs",
  "@remix-run/react": "remix",
  "@sveltejs/kit": "sveltekit",
  nuxt: "nuxtjs",
  astro: "astro",
  vite: "vite",
};
/** Names that packages have in any repository of several. */
const common = ["app", "apps", "client", "frontend", "my-app", "site", "web", "website", "www"];

/** @param wanted the folder of the app that is meant, from the repository's root; where there is one alone, that one */
export function look(folder: string, wanted?: string): Found {
  const root = rootOf(folder);
  const apps = appsIn(folder).map((app) => relative(root, join(folder, app)) || ".");
  const app = wanted ?? (apps.length === 1 ? apps[0] : undefined);
  const at = app === undefined ? undefined : join(root, app);
  const manifest = at === undefined ? {} : read<Manifest>(join(at, "package.json"));
  const has = dependenciesOf(manifest);
  const [dependency] = Object.keys(frameworks).filter((name) => has.includes(name));
  const framework = dependency && frameworks[dependency];
  const repository = remoteOf(root);
  const sentry = has.find((name) => name.startsWith("@sentry/"));
  const stores = storesOf(at, has);
  const crons = at === undefined ? [] : cronsIn(at);
  const region = at === undefined ? undefined : regionIn(at);
  const isNext = framework === "nextjs" && at !== undefined;
  const pages = isNext ? pagesAmong(pageRoutes(at)) : [];
  const routes = isNext ? routesAmong(apiRoutes(at)) : [];
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const team = read<{ orgId: unknown }>(join(at ?? folder, ".vercel/project.json")).orgId;
  const name = slugOf(typeof manifest.name === "string" ? manifest.name : undefined);
  const said = [
    repository && `git: ${repository}`,
    app === undefined && apps.length > 1 && `apps: ${apps.join(", ")}`,
    framework && `${app === "." ? "here" : app}: ${framework}`,
    ...stores.said,
    sentry && `${sentry}: its errors go to Sentry`,
    region && `vercel.json: functions beside ${region}`,
    crons.length > 0 && `vercel.json: crons ${crons.join(", ")}`,
    pages.length > 0 && `pages: ${pages.join(", ")}`,
    routes.length > 0 && `routes: ${routes.join(", ")}`,
  ];
  return {
    name: name === undefined || common.includes(name) ? slugOf(repository?.split("/")[1]) : name,
    owner: slugOf(repository?.split("/")[0]),
    repository,
    framework,
    folder: app,
    apps,
    region,
    vercelTeamId: typeof team === "string" && /^team_[A-Za-z0-9]+$/.test(team) ? team : undefined,
    database: stores.database,
    databaseProvider: stores.provider,
    cache: stores.hasCache || framework === undefined ? "valkey" : "none",
    errors: sentry ? "sentry" : "datadog",
    crons,
    pages,
    routes,
    timeZone: pagerDutyZones.includes(timeZone) ? timeZone : sameClock(timeZone),
    said: said.filter((line) => typeof line === "string" && line !== "") as string[],
  };
}

/** Where the repository begins that a folder is of; the folder itself where it is of none. */
function rootOf(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return folder;
  }
}

function dependenciesOf({ dependencies, devDependencies }: Partial<Manifest>): readonly string[] {
  return Object.keys({ ...dependencies, ...devDependencies });
}

/** The folders that have one of the frameworks: this one alone, or those one or two below. */
function appsIn(folder: string): readonly string[] {
  const isApp = (path: string) => {
    const names = dependenciesOf(read<Manifest>(join(folder, path, "package.json")));
    return Object.keys(frameworks).some((name) => name !== "vite" && names.includes(name));
  };
  if (isApp(".")) return ["."];
  const below = foldersIn(folder);
  return [...below, ...below.flatMap((name) => foldersIn(folder, name))].filter(isApp);
}

function foldersIn(folder: string, name = "."): readonly string[] {
  return readdirSync(join(folder, name), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|tests?$)/.test(entry.name))
    .map((entry) => join(name, entry.name));
}

/** Nothing where it is absent or none of JSON. */
function read<T extends object>(file: string): Partial<T> {
  try {
    return Object(parseJson(readFileSync(file, "utf8"))) as Partial<T>;
  } catch {
    return {};
  }
}

function cronsIn(folder: string): readonly string[] {
  const { crons } = read<{ crons: unknown }>(join(folder, "vercel.json"));
  return (Array.isArray(crons) ? crons : [])
    .map((cron: unknown) => (Object(cron) as { path?: unknown }).path)
    .filter((path) => typeof path === "string");
}

/** The first of `regions`, by the region of AWS that it stands beside. */
function regionIn(folder: string): string | undefined {
  const { regions } = read<{ regions: unknown }>(join(folder, "vercel.json"));
  const [first] = Array.isArray(regions) ? regions : [];
  return Object.keys(places).find((region) => places[region]?.vercel === first);
}

function remoteOf(folder: string): string | undefined {
  if (!existsSync(join(folder, ".git"))) return undefined;
  try {
    const url = execFileSync("git", ["config", "--get", "remote.origin.url"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return /github\.com[:/]([\w-]+\/[\w.-]+?)(\.git)?\s*$/.exec(url)?.[1];
  } catch {
    return undefined;
  }
}

function slugOf(name: string | undefined): string | undefined {
  const slug = name
    ?.replace(/^@[^/]+\//, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-");
  return slug !== undefined && /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/.test(slug) ? slug : undefined;
}
