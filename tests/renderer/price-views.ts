import type { OwnRowView, PriceRowView, UnpricedView } from '../../src/shared/ipc/price-views'
import { idOf } from './views'

// Prices as the main process would send them.

/** A row of the book nobody has used yet. */
export function priceRow(over: Partial<PriceRowView> = {}): PriceRowView {
  return {
    id: 'anthropic/claude@2026-11-01',
    provider: 'anthropic',
    model: 'claude',
    currency: 'USD',
    modelName: 'Claude',
    aliases: [],
    from: '2026-11-01T00:00:00Z',
    to: null,
    rates: { in_uncached: '3', out: '15' },
    tiers: [],
    peaks: [],
    multipliers: {},
    fees: {},
    sources: [{ source: 'https://example.com/prices', checked: '2026-11-23' }],
    confidence: 'high',
    note: '',
    own: null,
    usedBy: [],
    callCount: 0,
    firstDay: null,
    lastDay: null,
    ...over,
  }
}

/** What makes a row the user's own, in the place of a row of the book. */
export function ownRow(over: Partial<OwnRowView> = {}): OwnRowView {
  return {
    priceId: idOf('price', 1),
    connectionId: idOf('connection', 1),
    createdMs: Date.UTC(2026, 10, 23),
    removedMs: null,
    insteadOf: 'anthropic/claude@2026-11-01',
    settled: [],
    ...over,
  }
}

/** Calls of a model no book knows. */
export function unpriced(over: Partial<UnpricedView> = {}): UnpricedView {
  return {
    connectionId: idOf('connection', 1),
    connectionLabel: 'Garage',
    provider: 'compatible',
    model: 'pin-tumbler-2026',
    modelName: 'pin-tumbler-2026',
    requested: 'pin-tumbler',
    canSet: true,
    isUpstream: false,
    callCount: 3,
    inputTokens: 300,
    outputTokens: 120,
    kinds: ['in_uncached', 'out'],
    since: '2026-11-01',
    firstDay: '2026-11-01',
    lastDay: '2026-11-20',
    ...over,
  }
}
