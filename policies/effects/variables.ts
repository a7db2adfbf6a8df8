/** Variables by which a program's runtime or libraries do less than they would without them. */

interface Harmful {
  readonly key: RegExp;
  readonly value: RegExp;
  readonly what: string;
}

const harmful: readonly Harmful[] = [
  // Node.js, "Command-line API".
  { key: /^NODE_TLS_REJECT_UNAUTHORIZED$/, value: /^0$/, what: "certificates of others are not looked at" },
  {
    key: /^NODE_OPTIONS$/,
    value: /--inspect|--tls-min-v1\.[01]|--insecure-http-parser|--allow-natives|--require|--import|--loader/,
    what: "Node.js runs with options that open it",
  },
  { key: /^NODE_ENV$/, value: /^(?!production$)/, what: "libraries run as in development" },
  { key: /^DEBUG$/, value: /\S/, what: "libraries write what they handle into the log" },
  // libpq, "SSL support": only these two look at the certificate.
  {
    key: /^PGSSLMODE$/,
    value: /^(?!verify-(ca|full)$)/,
    what: "the database's certificate is not looked at",
  },
  // OpenTelemetry, "Environment variable specification".
  { key: /^OTEL_SDK_DISABLED$/, value: /^true$/i, what: "nothing is measured" },
  { key: /^OTEL_(TRACES|METRICS|LOGS)_EXPORTER$/, value: /^none$/, what: "what is measured is not sent" },
  { key: /^DD_(TRACE|RUM|LOGS|APM)\w*_ENABLED$/, value: /^(false|0)$/i, what: "nothing is measured" },
];

/** What a variable does away with; nothing for one that is not known to do so. */
export function harmOf(key: string, value: string): string | undefined {
  return harmful.find((row) => row.key.test(key) && row.value.test(value))?.what;
}
