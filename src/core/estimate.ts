import type { ProviderId } from './provider'

/** Characters a token stands for on average in the texts people chat in; within about 30 % for plain prose. */
const CHARACTERS_PER_TOKEN = 4

/**
 * About how many tokens a text is. For booking what a stopped answer must at least have used, and for nothing exact:
 * the figure is always shown as an estimate. Some text is at least one token.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}

/** The most tokens a text can be: no token stands for less than a byte of UTF-8. */
export function mostTokens(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    // A surrogate is half of a character of four bytes.
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}

/** What a model bills for each token of OpenAI's o200k vocabulary, before its own calls have taught better. */
export function usualFactor(provider: ProviderId, model: string): number {
  // Measured against recorded calls: Claude until 4.6 about 1.14, the tokenizer since Opus 4.7 about 1.43, Gemini 1.1.
  if (provider === 'anthropic') return /^claude-(?:opus-4-[78]|[a-z]+-[5-9])/.test(model) ? 1.45 : 1.15
  return provider === 'google' ? 1.1 : 1
}

/** A prompt as it was counted here and as it was billed. */
export interface FactorSample {
  readonly counted: number
  readonly billed: number
}

/** Older prompts count less: by the time of the tenth, a model's change of tokenizer has been learnt. */
const FADING = 0.8
/** What a provider adds to every prompt would be learnt from a short one as if it grew with the text. */
const LEAST_COUNTED = 200
/** Past these, something else than a tokenizer is at work. */
const LEAST_FACTOR = 0.3
const MOST_FACTOR = 4

/** The factor the user's own calls show, newest first; null while there are none to learn from. */
export function learnedFactor(samples: readonly FactorSample[]): number | null {
  let counted = 0
  let billed = 0
  let weight = 1
  for (const sample of samples) {
    if (sample.counted < LEAST_COUNTED || sample.billed <= 0) continue
    counted += weight * sample.counted
    billed += weight * sample.billed
    weight *= FADING
  }
  return counted === 0 ? null : Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, billed / counted))
}

/** A short and a long answer, in tokens, thinking included. */
export interface AnswerLength {
  readonly short: number
  readonly long: number
}

/** Fewer answers than this say nothing about the next. */
const LEAST_ANSWERS = 5

/** How long answers usually are: the tenth and ninetieth of a hundred of those there were, or what is common. */
export function answerLength(lengths: readonly number[], reasons: boolean): AnswerLength {
  if (lengths.length < LEAST_ANSWERS) return reasons ? { short: 300, long: 4000 } : { short: 100, long: 1200 }
  const sorted = lengths.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 1
  return { short: Math.max(1, at(0.1)), long: Math.max(1, at(0.9)) }
}
