import type { ConnectionId, ConversationId } from '../../src/core/ids'
import { settled, startLatchkey, testClock, type Harness } from '../support/latchkey'
import type { TempDir } from '../support/temp-dir'
import { STORIES, type Story } from './content'

/** The day on which the invented year ends; the demo starts the app's clock there. */
export const TODAY = '2026-11-23'
const DAY_MS = 86_400_000

const MODELS: Readonly<Record<Story['model'], { readonly provider: Practised; readonly id: string }>> = {
  sonnet: { provider: 'anthropic', id: 'claude-sonnet-5-5' },
  opus: { provider: 'anthropic', id: 'claude-opus-5-5' },
  haiku: { provider: 'anthropic', id: 'claude-haiku-5-5' },
  gpt: { provider: 'openai', id: 'gpt-6-sol' },
  gemini: { provider: 'google', id: 'gemini-3.8-flash' },
}

/** The providers that are practised with, and where the practice provider plays them. */
export const PRACTISED = { anthropic: '/anthropic', openai: '/openai/v1', google: '/google' } as const
type Practised = keyof typeof PRACTISED

/** Names for the conversations of the past, which say the same things again. */
const TITLES = [
  'Lease questions, round two',
  'Grant budget table',
  'Router firmware notes',
  'Letter to the school',
  'Unit test names',
  'Tax on the sold bike',
  'Garden plan for clay',
  'Interview questions',
  'Regex for postcodes',
  'Boiler error F28',
  'Packing list, five days',
  'Shorter cover letter',
  'Why is CI slow',
  'Marathon week nine',
  'Bread that rises',
  'Chess opening for Leo',
  'Python to Go',
  'Insurance small print',
  'Sorting the photographs',
  'Names for a cat',
  'Choir programme',
  'Index or no index',
  'Rent letter',
  'Postgres upgrade',
  'Bedtime story with a fox',
  'Curtains, how wide',
  'Slide titles',
  'Water in the cellar',
  'Spreadsheet dates',
  'The long goodbye mail',
]

/** The same year every time: a small generator instead of chance. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * Lives a year through the app itself: every conversation is asked, streamed, priced and booked as any other. Afterwards
 * the connections have no keys, because what was sealed here no other process could open.
 */
export async function seedYear(profile: TempDir, origin: string): Promise<void> {
  const clock = testClock()
  const harness = await startLatchkey({ profile, clock })
  await harness.ask('settings.setRetention', { retention: 'forever' })
  const random = generator(20_261_123)
  const connections = new Map<Practised, ConnectionId>()
  clock.set(`2025-11-24T08:00:00Z`)
  for (const [provider, path] of Object.entries(PRACTISED) as [Practised, string][]) {
    const input = { provider, label: 'Practice', baseUrl: `${origin}${path}` } as const
    const connection = await harness.ask('connection.add', input)
    await harness.ask('key.set', { connectionId: connection.id, key: practiceKey(provider) })
    connections.set(provider, connection.id)
  }
  const end = Date.parse(`${TODAY}T09:00:00Z`)
  let told = 0
  for (let day = 364; day >= 0; day -= 1) {
    const recent = day < STORIES.length
    if (!recent && random() > 0.28 + (364 - day) / 2_000) continue
    const story = STORIES[recent ? day : Math.floor(random() * STORIES.length)]
    if (story === undefined) continue
    clock.set(new Date(end - day * DAY_MS + Math.floor(random() * 3) * 3_600_000 - 3 * 3_600_000).toISOString())
    const conversationId = await tell(harness, story, connections)
    const title = TITLES[told % TITLES.length]
    if (!recent && title !== undefined) await harness.ask('conversation.rename', { conversationId, title })
    told += 1
  }
  await setBudgets(harness)
  for (const connectionId of connections.values()) await harness.ask('key.remove', { connectionId })
  harness.latchkey.close()
}

/** Last, so that no limit stood in the way of the year. */
async function setBudgets(harness: Harness): Promise<void> {
  const steps = [
    { percent: 80, action: 'warn' },
    { percent: 100, action: 'block' },
  ] as const
  await harness.ask('budget.set', { scope: { kind: 'all' }, period: 'month', limit: '5', steps: [...steps] })
  const each = { kind: 'conversation', conversationId: null } as const
  await harness.ask('budget.set', {
    scope: each,
    period: 'total',
    limit: '2',
    steps: [{ percent: 100, action: 'ask' }],
  })
}

/** The key of a practice connection: shaped like none of a real provider. */
export function practiceKey(provider: Practised): string {
  return `practice-${provider}-key-that-opens-nothing`
}

async function tell(harness: Harness, story: Story, connections: ReadonlyMap<Practised, ConnectionId>) {
  const { provider, id: model } = MODELS[story.model]
  const connectionId = connections.get(provider)
  if (connectionId === undefined) throw new Error(`${provider} is not practised`)
  let conversationId: ConversationId | null = null
  for (const { ask } of story.turns) {
    const input = { conversationId, connectionId, model, text: ask } as const
    const turn: { turnId: string; conversationId: ConversationId } = await harness.ask('turn.start', input)
    const end = await settled(harness, turn.turnId)
    if (end.message.state !== 'complete')
      throw new Error(`the practice provider did not answer: ${provider} ${JSON.stringify(end.message.failure)}`)
    conversationId = turn.conversationId
    harness.clock.advance(90_000)
  }
  if (conversationId === null) throw new Error('a story without a turn')
  return conversationId
}
