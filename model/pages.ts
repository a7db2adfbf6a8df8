/** What pages are for. A team names its pages as it likes; these are the ones that are asked after. */

/** Requirements, "Deployment": what the staging deployment looks at. */
export const pageRoles = ["homepage", "login", "portal", "admin"] as const;
export type PageRole = (typeof pageRoles)[number];

/** Why a product has no page for something, by what it would be for. */
export type WithoutPages = { readonly [R in PageRole]?: string };

/** A service's pages, as far as this goes by them. */
interface Paged {
  readonly path?: string;
  readonly pages: Readonly<Record<string, string>>;
  /** The page's name where it is another than the role's, or why there is none. */
  readonly pageRoles?:
    | { readonly [R in PageRole]?: string | { readonly kind: "none"; readonly because: string } | undefined }
    | undefined;
}

/** The name of a service's page for something; whatever page lies where the service begins is its homepage. */
export function pageFor(role: PageRole, { path, pages, pageRoles: said = {} }: Paged): string | undefined {
  const named = said[role];
  const name = typeof named === "string" ? named : role;
  if (Object.hasOwn(pages, name)) return name;
  return role === "homepage" && named === undefined
    ? Object.keys(pages).find((other) => pages[other] === path)
    : undefined;
}

/** What one of a service's pages is for, in the order of the roles; nothing of most. */
export function rolesOf(page: string, service: Paged): readonly PageRole[] {
  return pageRoles.filter((role) => pageFor(role, service) === page);
}

/**
 * What a stack has no page for, by what its services' config says. A page of one service ends what another says.
 * @param services the value of the config `readiness:services`, as somebody wrote it
 */
export function withoutPages(services: unknown): WithoutPages {
  const all = (Array.isArray(services) ? services : []).map((service) => {
    const { path, pages, pageRoles: said } = Object(service) as Record<string, unknown>;
    return { path, pages: Object(pages), pageRoles: Object(said) } as Paged;
  });
  const reasons = pageRoles.flatMap((role) => {
    // Every site begins somewhere.
    if (role === "homepage" || all.some((service) => pageFor(role, service) !== undefined)) return [];
    const because = all
      .map(({ pageRoles: said }) => (Object(said?.[role]) as { because?: unknown }).because)
      .find((reason) => typeof reason === "string" && reason !== "");
    return because === undefined ? [] : [[role, because]];
  });
  return Object.fromEntries(reasons);
}
