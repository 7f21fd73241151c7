/** Removes what must not be read: keys we know, and anything shaped like one. */
export interface Redactor {
  /** Every later text is searched for this secret too. */
  learn(secret: string): void
  redact(text: string): string
}

const REDACTED = '[redacted]'
/** Shorter strings would blank out ordinary words. */
const SHORTEST_SECRET = 8

/** Providers' key prefixes, and whatever stands behind an authorization scheme. Partial echoes with stars count too. */
const KEY_SHAPES = [
  /\b(?:sk|pk|rk|xai|gsk|pplx|AIza|AQ\.)[-_A-Za-z0-9.*\u2026]{8,}/g,
  /\bBearer\s+[^\s"',;]+/gi,
  /((?:x-api-key|x-goog-api-key|api-key|authorization)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi,
]

/** A redactor that knows no secret yet, only their shapes. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  return {
    learn: (secret) => void (secret.length >= SHORTEST_SECRET && secrets.add(secret)),
    redact(text) {
      let clean = text
      for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED)
      for (const shape of KEY_SHAPES) clean = clean.replace(shape, REDACTED)
      return clean
    },
  }
}

/** For the unexpected only: each is written once, with secrets removed. */
export interface Log {
  error(where: string, error: unknown): void
}

/** Writes redacted lines to `write`. Only name, message and stack of an error are read: its fields may hold headers. */
export function createLog(redactor: Redactor, write: (line: string) => void): Log {
  return {
    error(where, error) {
      const text = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : typeof error
      write(redactor.redact(`${where}: ${text}`))
    },
  }
}
