import { useRef } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { ConversationSummary } from '../../../shared/ipc/views'
import { useToday } from '../../lib/use-today'
import { conversationActs } from './conversation-acts'
import styles from './ConversationList.module.css'
import { ConversationRow } from './ConversationRow'
import { useConversations } from './conversations-store'
import { DeletedToast } from './DeletedToast'
import { neighbourOf, shownAfter } from './deletion'
import { groupByDate } from './group-by-date'

interface ConversationListProps {
  readonly current: ConversationId | null
  /** Opened to write in. */
  readonly onOpen: (id: ConversationId) => void
  /** Shown because another is no longer there, or is there again; null for a new one. */
  readonly onShow: (id: ConversationId | null) => void
  /** Back again: what was known of it is from before. */
  readonly onRestored: (id: ConversationId) => void
}

/** Every conversation by the day it was last used. */
export function ConversationList({ current, onOpen, onShow, onRestored }: ConversationListProps) {
  const conversations = useConversations((state) => state.conversations)
  const today = useToday()
  const list = useRef<HTMLElement>(null)

  function focusRow(id: ConversationId | null): void {
    // After the page has taken the focus for itself, and after the row is there again.
    requestAnimationFrame(() => {
      const row = id === null ? null : list.current?.querySelector<HTMLElement>(`[data-conversation="${id}"]`)
      ;(row ?? list.current)?.focus()
    })
  }

  async function remove({ id, title }: ConversationSummary): Promise<void> {
    const wasShown = id === current
    const neighbour = neighbourOf(conversations, id)
    if (!(await conversationActs.getState().remove({ id, title, wasShown }))) return
    if (wasShown) onShow(shownAfter(conversations, id, current))
    focusRow(neighbour)
  }

  return (
    <>
      <nav ref={list} className={styles.list} aria-label="Conversations" tabIndex={-1}>
        {conversations.length === 0 && <p className={styles.none}>No conversations yet.</p>}
        {groupByDate(conversations, today.atMs).map(({ label, conversations: members }) => (
          <section key={label}>
            <h2 className={styles.group}>{label}</h2>
            <ul>
              {members.map((conversation) => (
                <li key={conversation.id}>
                  <ConversationRow
                    conversation={conversation}
                    current={conversation.id === current}
                    onOpen={onOpen}
                    onDelete={(deleted) => void remove(deleted)}
                    onFocus={focusRow}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <DeletedToast
        onRestored={({ id, wasShown }) => {
          onRestored(id)
          if (wasShown) onShow(id)
          focusRow(id)
        }}
      />
    </>
  )
}
