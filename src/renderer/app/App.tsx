import type { ConversationId } from '../../core/ids'
import { Announcer } from '../features/chat/Announcer'
import { useChat } from '../features/chat/chat-store'
import { DeletedEverything } from '../features/data/DeletedEverything'
import { useData } from '../features/data/data-store'
import { SavingToast } from '../features/saving/SavingToast'
import { RetentionQuestion } from '../features/settings/RetentionQuestion'
import { ClipboardToast } from '../features/vault/ClipboardToast'
import { Onboarding } from '../features/vault/Onboarding'
import { requestWords } from '../lib/request-words'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import styles from './App.module.css'
import { DemoStrip } from './DemoStrip'
import { Layout } from './Layout'
import { navigation, usePlace, type Place } from './navigation-store'
import { useStart } from './start'

/** Where the form for a key leads on to, rather than back. */
const FIRST: readonly Place['name'][] = ['conversation', 'retention']

/** The whole window: the place the user is at, once there is something to show. */
export function App() {
  const { opened, demo, error, open } = useStart()
  const place = usePlace()
  const erased = useData((state) => state.erased)
  if (erased !== null) return <DeletedEverything erased={erased} />
  return (
    <div className={styles.app}>
      {demo && <DemoStrip />}
      <ShownAnnouncer id={place.name === 'conversation' ? place.conversationId : null} />
      {!opened && error !== null && (
        <main className={styles.failed}>
          <h1>Latchkey could not open</h1>
          <Notice
            kind="danger"
            title={requestWords(error)}
            alert
            actions={<Button onClick={() => void open()}>Try again</Button>}
          />
        </main>
      )}
      {opened && place.name === 'add-key' && (
        <Onboarding
          leaveLabel={FIRST.includes(place.from.name) ? 'Skip for now' : 'Back'}
          onLeave={() => navigation.getState().go(place.from)}
          onAdded={() => navigation.getState().go(place.from)}
        />
      )}
      {opened && place.name === 'retention' && (
        <RetentionQuestion onAnswered={() => navigation.getState().go(place.from)} />
      )}
      {opened && place.name !== 'add-key' && place.name !== 'retention' && <Layout place={place} />}
      <ClipboardToast onDone={() => document.querySelector('main')?.focus()} />
      <SavingToast onDone={() => document.querySelector('main')?.focus()} />
    </div>
  )
}

/** Says what happens in the conversation that is shown. On its own, since that changes with each piece of an answer. */
function ShownAnnouncer({ id }: { readonly id: ConversationId | null }) {
  const shown = useChat((state) => (id === null ? undefined : state.conversations[id]))
  return <Announcer conversation={shown} />
}
