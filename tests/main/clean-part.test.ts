import { describe, expect, it } from 'vitest'
import { namesIn } from '../../src/core/price-book'
import { costOf, priceUsage } from '../../src/core/pricing'
import type { ProviderId } from '../../src/core/provider'
import type { UsageLine } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { priceRows } from '../../src/main/catalog/data'
import { withoutContent } from '../../src/main/services/clean-part'

// Bug: what somebody says in a private conversation changes what it costs: the tier they name falls off the report, or
// the model they name is priced as the one they asked for.

const AT = Date.parse('2026-11-23T10:00:00Z')
const catalog = createCatalog()
const requested = 'claude-sonnet-5-5'
const secret = 'a sentence nobody else has said'

const plain: UsageLine = {
  role: 'main',
  model: requested,
  tokens: { in_uncached: 1_000, out: 100 },
  reasoningTokens: null,
  fees: [],
  modifiers: [],
  maybeFree: false,
}

function cleaned(line: UsageLine, said: string, model = requested, isOurs = (name: string) => catalog.names.has(name)) {
  const usage = { lines: [line], stated: [], severalSteps: false, raw: { said }, flags: [] }
  const messages = [{ role: 'user', text: said, reasoning: [] }] as const
  const part = withoutContent({ type: 'usage', usage }, { model, messages }, isOurs)
  if (part.type !== 'usage') throw new Error('it was a report')
  return part.usage.lines
}

const cost = (lines: readonly UsageLine[], provider: ProviderId = 'anthropic') =>
  costOf(priceUsage(lines, catalog.prices, provider, AT)).pico

describe('what a private conversation mentions', () => {
  it.each(['batch', 'priority', 'geo_us', 'fast'])('is no reason to forget the tier it was billed at: %s', (tier) => {
    const line = { ...plain, modifiers: [tier] }
    expect(cost(cleaned(line, `What is the ${tier} tier?`))).toBe(cost([line]))
    expect(cost(cleaned(line, `What is the ${tier} tier?`))).not.toBe(cost([plain]))
  })

  it('changes no figure of any price there is, in whatever words', () => {
    let compared = 0
    for (const row of priceRows) {
      const said = `Compare ${namesIn(row).join(', ')} for me`
      for (const model of [row.model, ...row.aliases]) {
        for (const modifiers of [[], ...Object.keys(row.multipliers).map((name) => [name])]) {
          const fees = Object.keys(row.fees).map((kind) => ({ kind, units: 2 }))
          const line = { ...plain, model, modifiers, fees }
          expect(cost(cleaned(line, said), row.provider)).toBe(cost([line], row.provider))
          compared += 1
        }
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  it.each([secret, `${secret}!`, 'gpt-nobody-knows'])(
    'is not kept as a model, a tier or a fee, and what stands there instead has no price: %s',
    (text) => {
      const fees = [{ kind: text, units: 1 }]
      for (const line of [
        { ...plain, model: text },
        { ...plain, modifiers: [text] },
        { ...plain, fees },
      ]) {
        const kept = cleaned(line, `I say ${text}`)
        expect(JSON.stringify(kept)).not.toContain(text)
        expect(cost(kept)).toBeNull()
      }
    },
  )

  it('has no price either where somebody has given one to that very name', () => {
    const mine = new Set(['other', 'other-:cloud'])
    const [line] = cleaned({ ...plain, model: secret }, secret, requested, (name) => mine.has(name))
    expect(line?.model).toBe('other--')
  })

  it('is not free on a server of one’s own when that has others do it', () => {
    const line = { ...plain, model: 'huge:120b-cloud' }
    expect(cost([line], 'ollama')).toBeNull()
    expect(cost(cleaned(line, 'Is huge:120b-cloud good?', 'small'), 'ollama')).toBeNull()
    expect(cost(cleaned({ ...plain, model: 'small' }, 'Is small good?', 'small'), 'ollama')).toBe(0n)
  })
})
