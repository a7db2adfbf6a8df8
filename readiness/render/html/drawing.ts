/** Boxes on a grid; a line leaves by the side that faces its target, and goes round what stands between. */
import type { Architecture, Flow } from "../../operations/architecture.ts";
import type { Part, PartId } from "../../operations/parts.ts";
import { clean } from "../../terminal/layout.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, nothing } from "./context.ts";

type Layout = "wide" | "tall";

/** Column and row of each part, on a wide page and on a phone; the network is a frame around what is in it. */
const places: Readonly<
  Record<Exclude<PartId, "network">, Readonly<Record<Layout, readonly [number, number]>>>
> = {
  customer: { wide: [0, 1], tall: [0, 0] },
  dns: { wide: [1, 0], tall: [1, 0] },
  cdn: { wide: [1, 1], tall: [0, 1] },
  static: { wide: [1, 2], tall: [1, 1] },
  app: { wide: [2, 1], tall: [0, 2] },
  database: { wide: [3, 1], tall: [0, 3] },
  cache: { wide: [3, 2], tall: [1, 3] },
  vault: { wide: [4, 1], tall: [0, 4] },
  copy: { wide: [4, 2], tall: [1, 4] },
  datadog: { wide: [2, 3], tall: [0, 5] },
  pagerduty: { wide: [1, 3], tall: [1, 5] },
  people: { wide: [0, 3], tall: [1, 6] },
  outside: { wide: [0, 2], tall: [1, 2] },
  status: { wide: [3, 3], tall: [0, 6] },
  keys: { wide: [4, 3], tall: [0, 7] },
};
const inNetwork: readonly PartId[] = ["database", "cache"];

const measures = {
  wide: { w: 172, h: 74, gapX: 45, gapY: 44, top: 24, side: 0 },
  tall: { w: 158, h: 74, gapX: 40, gapY: 46, top: 6, side: 32 },
} as const;
/** Characters that fit into a box. */
const titleRoom = 21;
const factRoom = 25;

interface Box extends Part {
  readonly x: number;
  readonly y: number;
}

export function drawing({ prefix, report }: Context, { parts, flows }: Architecture, layout: Layout): Markup {
  const { w, h, gapX, gapY, top, side } = measures[layout];
  const boxes = new Map(
    parts.flatMap((part): readonly (readonly [PartId, Box])[] => {
      if (part.id === "network") return [];
      const [column, row] = places[part.id][layout];
      return [[part.id, { ...part, x: side + column * (w + gapX), y: top + row * (h + gapY) }]];
    }),
  );
  const all = [...boxes.values()];
  const network = parts.find(({ id }) => id === "network");
  const inside = network ? all.filter(({ id }) => inNetwork.includes(id)) : [];
  const width = Math.max(...all.map(({ x }) => x)) + w + Math.max(side, inside.length > 0 ? 14 : 0);
  const height = Math.max(...all.map(({ y }) => y)) + h + 14;
  const id = `${prefix}arch-${layout}`;
  return markup`<svg class="arch ${layout}" viewBox="-2 0 ${width + 4} ${height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">Architecture of ${report.stack}</title><desc id="${id}-d">${words(parts, flows)}</desc>
<defs><marker id="${id}-m" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${network && inside.length > 0 ? frame(network, inside, w, h) : nothing}${flows.map((flow) => line(flow, boxes, layout, `${id}-m`))}${all.map((box) => drawn(box, w, h))}</svg>`;
}

function drawn({ x, y, title, facts }: Box, w: number, h: number): Markup {
  const lines = facts.map(
    (text, i) => markup`<text class="f" x="${x + 10}" y="${y + 41 + i * 17}">${short(text, factRoom)}</text>`,
  );
  return markup`<g><rect class="box" x="${x}" y="${y}" width="${w}" height="${h}" rx="2"/><text class="t" x="${x + 10}" y="${y + 22}">${short(title, titleRoom)}</text>${lines}</g>`;
}

function frame({ title, facts }: Part, inside: readonly Box[], w: number, h: number): Markup {
  const [x, y] = [Math.min(...inside.map((b) => b.x)) - 14, Math.min(...inside.map((b) => b.y)) - 24];
  const [right, bottom] = [
    Math.max(...inside.map((b) => b.x)) + w + 14,
    Math.max(...inside.map((b) => b.y)) + h + 12,
  ];
  return markup`<rect class="frame" x="${x}" y="${y}" width="${right - x}" height="${bottom - y}" rx="2"/><text x="${right - 8}" y="${y + 16}" text-anchor="end">${[title, ...facts].join(", ")}</text>`;
}

function line(
  { from, to, carries, kind }: Flow,
  boxes: ReadonlyMap<PartId, Box>,
  layout: Layout,
  arrow: string,
): Markup {
  const { w, h, side } = measures[layout];
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (!a || !b) return nothing;
  const edge = (d: string) => markup`<path class="e ${kind}" d="${d}" marker-end="url(#${arrow})"/>`;
  if (a.x === b.x) {
    const between = [...boxes.values()].some(
      (c) => c.x === a.x && c.y > Math.min(a.y, b.y) && c.y < Math.max(a.y, b.y),
    );
    if (between) {
      // Beside the drawing, where no other line runs.
      const [port, out, turn] = a.x > side ? [a.x + w, 1, 90] : [a.x, -1, -90];
      const lane = port + out * 16;
      return markup`${edge(`M${port} ${a.y + h / 2}H${lane}V${b.y + h / 2}H${port}`)}<text class="el" transform="translate(${lane + out * 6} ${(a.y + b.y + h) / 2}) rotate(${turn})">${carries}</text>`;
    }
    const [start, end] = b.y > a.y ? [a.y + h, b.y] : [a.y, b.y + h];
    const x = a.x + w / 2;
    return markup`${edge(`M${x} ${start}V${end}`)}${label(carries, x, (start + end) / 2 + 4)}`;
  }
  const right = b.x > a.x;
  const [start, end] = right ? [a.x + w, b.x] : [a.x, b.x + w];
  const middle = (start + end) / 2;
  // A line that bends leaves and arrives nearer to its other end, apart from those that go straight.
  const nearer = (Math.sign(b.y - a.y) * h) / 4;
  const [ay, by] = [a.y + h / 2 + nearer, b.y + h / 2 - nearer];
  const bend = ay === by ? edge(`M${start} ${ay}H${end}`) : edge(`M${start} ${ay}H${middle}V${by}H${end}`);
  return markup`${bend}${label(carries, middle, ay === by ? ay - 6 : (ay + by) / 2 + 4)}`;
}

function label(text: string, x: number, y: number): Markup {
  return text === "" ? nothing : markup`<text class="el" x="${x}" y="${y}">${text}</text>`;
}

/** For whoever does not see it: each part with its facts, and what goes where. */
function words(parts: readonly Part[], flows: readonly Flow[]): string {
  const titles = new Map(parts.map(({ id, title }) => [id, title]));
  const boxes = parts.map(({ title, facts }) => [title, ...facts].join(", "));
  const lines = flows.map(({ from, to, kind }) => `${titles.get(from)} to ${titles.get(to)} (${kind})`);
  return `${boxes.join("; ")}. Lines: ${lines.join("; ")}.`;
}

/** The description has it whole. */
function short(text: string, room: number): string {
  const whole = clean(text);
  return whole.length <= room ? whole : `${whole.slice(0, room - 1)}…`;
}
