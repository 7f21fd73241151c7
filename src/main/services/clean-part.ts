import type { StreamPart } from '../../core/stream-part'
import type { UsageReport } from '../../core/usage'
import type { Redactor } from '../log'

const NAME_LENGTH = 200

/**
 * A part without the key a hostile or careless endpoint may have put into what is kept for ever: ids, model names and
 * raw usage. The answer's own words stay as they are.
 */
export function cleanPart(part: StreamPart, { redact }: Redactor): StreamPart {
  const name = (text: string | null) => (text === null ? null : redact(text).slice(0, NAME_LENGTH))
  if (part.type === 'response-start') {
    return { ...part, responseId: name(part.responseId), model: name(part.model) }
  }
  return part.type === 'usage' ? { ...part, usage: cleanUsage(part.usage, redact) } : part
}

function cleanUsage(usage: UsageReport, redact: (text: string) => string): UsageReport {
  const text = JSON.stringify(usage)
  const clean = redact(text)
  if (clean === text) return usage
  try {
    return JSON.parse(clean) as UsageReport
  } catch {
    // The redaction took a quote along. The figures are what money needs; the raw text is not worth a key.
    return { ...usage, raw: null }
  }
}
