import type { ConversationId } from '../../../core/ids'
import { useToday } from '../../lib/use-today'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './ConversationList.module.css'
import { useConversations } from './conversations-store'
import { groupByDate } from './group-by-date'

interface ConversationListProps {
  readonly current: ConversationId | null
  readonly onOpen: (id: ConversationId) => void
}

/** Every conversation by the day it was last used. */
export function ConversationList({ current, onOpen }: ConversationListProps) {
  const conversations = useConversations((state) => state.conversations)
  const today = useToday()
  return (
    <nav className={styles.list} aria-label="Conversations">
      {conversations.length === 0 && <p className={styles.none}>No conversations yet.</p>}
      {groupByDate(conversations, today.atMs).map(({ label, conversations: members }) => (
        <section key={label}>
          <h2 className={styles.group}>{label}</h2>
          <ul>
            {members.map(({ id, title, running }) => (
              <li key={id}>
                <button
                  type="button"
                  className={styles.item}
                  title={title}
                  aria-current={id === current ? 'page' : undefined}
                  onClick={() => onOpen(id)}
                >
                  <span className={styles.title} dir="auto">
                    {title}
                  </span>
                  {running && (
                    <span className={styles.dot} title="Answering">
                      <VisuallyHidden>Answering</VisuallyHidden>
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
