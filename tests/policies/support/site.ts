/** A site's distribution, for tests of the rules about the edge. */
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "./linked.ts";

export type Props = Readonly<Record<string, unknown>>;
export type Links = Readonly<Record<string, readonly Registration[]>>;

export function site(props: Props = {}, links: Links = {}): Registration {
  return resource(
    "aws:cloudfront/distribution:Distribution",
    "site",
    { aliases: ["www.example.com"], ...props },
    links,
  );
}
