/** The backtest as a picture: the errors of each service above, and a line of time for each alert that fired. */
import type { Severity } from "../../model/on-call/severities.ts";
import { escaped } from "../render/markup.ts";
import type { ServiceProfile } from "./profile.ts";
import { type AlertResult, type BacktestReport, type Firing, firedAlerts } from "./report.ts";
import { formatDuration, formatTime } from "./time.ts";

/** In pixels. */
const width = 1000;
const margin = 20;
const labels = 270;
const rowHeight = 26;
const curveHeight = 70;
const left = margin + labels;
const drawn = width - left - margin;

const colours: Readonly<Record<Severity, string>> = {
  SEV1: "#b3261e",
  SEV2: "#e8710a",
  SEV3: "#c79a00",
  SEV4: "#4a7fb5",
};
/** Narrower than this, a firing could not be seen. */
const narrowest = 3;

export function renderSvg(report: BacktestReport, profiles: readonly ServiceProfile[]): string {
  const fired = firedAlerts(report);
  const curvesEnd = 50 + profiles.length * (curveHeight + 20);
  const height = curvesEnd + Math.max(1, fired.length) * rowHeight + 50;
  const span = `${formatTime(report.from)} to ${formatTime(report.to)} UTC`;
  const body = [
    `<title>Backtest of ${escaped(report.stack)}, ${span}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(
      margin,
      28,
      `Backtest of ${report.stack} (pages: ${report.pages}, tickets: ${report.tickets})`,
      "bold",
    ),
    ...profiles.flatMap((profile, i) => curve(profile, 50 + i * (curveHeight + 20))),
    ...fired.flatMap((alert, i) => row(alert, report, curvesEnd + i * rowHeight)),
    ...(fired.length === 0 ? [text(left, curvesEnd + 18, "no alert fired")] : []),
    text(left, height - 20, formatTime(report.from)),
    text(width - margin, height - 20, `${formatTime(report.to)} UTC`, "normal", "end"),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      'font-family="system-ui, sans-serif" font-size="13" role="img">',
    ...body,
    "</svg>\n",
  ].join("\n");
}

function curve({ service, profile }: ServiceProfile, top: number): string[] {
  const shares = profile(drawn);
  const worst = Math.max(...shares);
  const bottom = top + curveHeight;
  const points = shares.map((share, x) => {
    const y = worst === 0 ? bottom : bottom - (share / worst) * curveHeight;
    return `${left + x},${round(y)}`;
  });
  const area = [`${left},${bottom}`, ...points, `${left + drawn},${bottom}`].join(" ");
  return [
    text(margin, top + 18, `errors of ${service}`),
    text(margin, top + 36, `up to ${Number((100 * worst).toPrecision(3))} % of requests`),
    `<polygon points="${area}" fill="#d9534f" fill-opacity="0.45"/>`,
    `<line x1="${left}" y1="${bottom}" x2="${left + drawn}" y2="${bottom}" stroke="#999"/>`,
  ];
}

function row({ key, severity, firings }: AlertResult, report: BacktestReport, top: number): string[] {
  const middle = top + rowHeight / 2;
  return [
    text(margin, middle + 4, `${severity} ${key}`),
    `<line x1="${left}" y1="${middle}" x2="${left + drawn}" y2="${middle}" stroke="#ddd"/>`,
    ...firings.map((firing) => bar(firing, severity, report, top)),
  ];
}

function bar(firing: Firing, severity: Severity, { from, to }: BacktestReport, top: number): string {
  const { firedAt, recoveredAt, detectionSeconds } = firing;
  const x = (time: number) => left + Math.min(1, (time - from) / (to - from)) * drawn;
  const end = recoveredAt ?? to;
  const length = Math.max(narrowest, x(end) - x(firedAt));
  const late = detectionSeconds === null ? "" : `, ${formatDuration(detectionSeconds)} after it began`;
  const over = recoveredAt === null ? "not over" : `over ${formatTime(recoveredAt)}`;
  return (
    `<rect x="${round(x(firedAt))}" y="${top + 5}" width="${round(length)}" height="${rowHeight - 10}" rx="2" ` +
    `fill="${colours[severity]}"><title>fired ${formatTime(firedAt)}${late}, ${over}</title></rect>`
  );
}

function text(x: number, y: number, words: string, weight = "normal", anchor = "start"): string {
  return `<text x="${x}" y="${y}" font-weight="${weight}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
