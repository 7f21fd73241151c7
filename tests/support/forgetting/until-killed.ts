import { join } from 'node:path'
import { connect, settled, startLatchkey, TEST_MODEL } from '../latchkey'

// Run as a process of its own, to be killed: a conversation that is kept, and a private one in the middle of its answer.
// Arguments: profile, origin of the server, text of the one, text of the other.

const [profile = '', origin = '', kept = '', secret = ''] = process.argv.slice(2)

const harness = await startLatchkey({
  profile: { path: profile, file: (...parts) => join(profile, ...parts), remove: () => Promise.resolve() },
})
const connectionId = await connect(harness, origin)
const to = { conversationId: null, connectionId, model: TEST_MODEL }
const first = await harness.ask('turn.start', { ...to, text: kept })
await settled(harness, first.turnId)
const second = await harness.ask('turn.start', { ...to, text: secret, private: true })
let said = ''
harness.latchkey.subscribe((event) => {
  if (event.name !== 'turn.delta' || event.payload.turnId !== second.turnId) return
  said += event.payload.deltas.map(({ text }) => text).join('')
  // Longer than an answer takes to be saved twice.
  if (said.includes(secret)) setTimeout(() => process.stdout.write('running\n'), 1_200)
})
setInterval(() => undefined, 60_000)
