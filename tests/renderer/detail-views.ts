import type { AttemptView, MessageDetailsView } from '../../src/shared/ipc/detail-views'
import { cost, idOf } from './views'

/** One request for an answer: 40 tokens in and 12 out. */
export function attempt(more: Partial<AttemptView> = {}): AttemptView {
  const line = {
    role: 'main',
    model: 'claude-sonnet-5-5',
    multiplier: '1',
    priceId: 'anthropic/claude-sonnet-5-5@2026-10-07',
    upper: null,
    costClass: 'computed',
    corrected: null,
  } as const
  return {
    callId: idOf('call', 1),
    state: 'done',
    automatic: false,
    provider: 'anthropic',
    connectionLabel: 'Personal',
    key: { id: idOf('key', 1), label: 'Work', last4: '9aQe', gone: false, after: null },
    modelAsked: 'claude-sonnet-5-5',
    modelAnswered: 'claude-sonnet-5-5',
    startedMs: Date.UTC(2026, 10, 23, 10),
    firstByteMs: Date.UTC(2026, 10, 23, 10) + 840,
    endedMs: Date.UTC(2026, 10, 23, 10) + 12_340,
    tokensPerSecond: null,
    responseId: 'msg_1',
    requestId: null,
    failure: null,
    cost: cost('200000000', { inputTokens: 40, outputTokens: 12 }),
    cacheSaved: null,
    usageFlags: [],
    thinkingTokens: null,
    lines: [
      { ...line, bucket: 'in_uncached', units: 40, unitPrice: '2', pico: '80000000' },
      { ...line, bucket: 'out', units: 12, unitPrice: '10', pico: '120000000' },
    ],
    prices: [
      {
        id: 'anthropic/claude-sonnet-5-5@2026-10-07',
        kind: 'shipped',
        from: '2026-10-07T00:00:00Z',
        confidence: 'high',
        sources: [{ source: 'https://prices.example/sonnet', checked: '2026-11-23' }],
      },
    ],
    report: '{\n  "input_tokens": 40\n}',
    ...more,
  }
}

/** An answer that came with its first request. */
export function details(more: Partial<MessageDetailsView> = {}): MessageDetailsView {
  return {
    messageId: idOf('message', 2),
    state: 'complete',
    stopReason: 'end',
    budgetTokens: null,
    createdMs: Date.UTC(2026, 10, 23, 10),
    provider: 'anthropic',
    model: 'claude-sonnet-5-5',
    modelName: 'Claude Sonnet 5.5',
    cost: cost('200000000', { inputTokens: 40, outputTokens: 12 }),
    cacheSaved: null,
    usageFlags: [],
    attempts: [attempt()],
    ...more,
  }
}
