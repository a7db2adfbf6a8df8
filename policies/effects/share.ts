/** The shares that Datadog's queries compute: in percent, or what is beyond a share and how much that has to be. */
import { type Expression, type Series, seriesIn } from "./metric-expression.ts";
import type { MetricQuery } from "./monitor-query.ts";

export interface Share {
  readonly part: Series;
  /** What a share is taken of. */
  readonly whole: number | readonly Series[];
  /** `part - 0.01 * whole` is what is beyond 1 %; nothing where the share itself is computed. */
  readonly beyondPercent: number | undefined;
}

/** `100 * part / whole`, several wholes added up, or `part - 0.01 * whole`; nothing for what is neither. */
export function shareOf(expression: Expression): Share | undefined {
  if (expression.kind !== "arithmetic") return undefined;
  const [left, right] = expression.operands;
  if (expression.operator === "-") return beyond(left, right);
  if (expression.operator !== "/" || left.kind !== "arithmetic" || left.operator !== "*") return undefined;
  const [hundred, dividend] = left.operands;
  const part = plain(dividend);
  if (hundred.kind !== "number" || hundred.value !== 100 || !part) return undefined;
  const whole = right.kind === "number" ? right.value : termsOf(right);
  return whole === undefined ? undefined : { part, whole, beyondPercent: undefined };
}

/**
 * The percentage at which a query fires, and how many events more than that it takes: sums over a window are the same
 * whether Datadog adds up before or after such a difference, which of a product or a comparison nobody has confirmed.
 */
export function firesBeyond({
  expression,
  limit,
}: MetricQuery): { percent: number; more: number } | undefined {
  const share = shareOf(expression);
  if (!share) return undefined;
  return share.beyondPercent === undefined
    ? { percent: limit, more: 0 }
    : { percent: share.beyondPercent, more: limit };
}

function beyond(dividend: Expression, product: Expression): Share | undefined {
  const part = plain(dividend);
  if (!part || product.kind !== "arithmetic" || product.operator !== "*") return undefined;
  const [factor, divisor] = product.operands;
  const whole = termsOf(divisor);
  if (factor.kind !== "number" || !whole) return undefined;
  return { part, whole, beyondPercent: Number((factor.value * 100).toPrecision(12)) };
}

/** A series, its gaps filled with zeros or not. */
function plain(expression: Expression): Series | undefined {
  if (expression.kind === "function" && expression.name === "default_zero") return plain(expression.of);
  return expression.kind === "series" ? expression : undefined;
}

/** Series that are added up, each of them once. */
function termsOf(expression: Expression): readonly Series[] | undefined {
  const added = (e: Expression): boolean =>
    e.kind === "series" || (e.kind === "arithmetic" && e.operator === "+" && e.operands.every(added));
  const terms = seriesIn(expression);
  const distinct = new Set(terms.map((series) => JSON.stringify(series)));
  return added(expression) && distinct.size === terms.length ? terms : undefined;
}
