import { Ellipsis, HatGlasses, Pencil, Trash2 } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { ConversationSummary } from '../../../shared/ipc/views'
import { unlessComposing } from '../../lib/ime'
import { Menu } from '../../ui/Menu'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { conversationActs } from './conversation-acts'
import styles from './ConversationList.module.css'
import { TitleField } from './TitleField'

interface ConversationRowProps {
  readonly conversation: ConversationSummary
  readonly current: boolean
  readonly onOpen: (id: ConversationId) => void
  readonly onDelete: (conversation: ConversationSummary) => void
  /** Puts the focus back on the row. */
  readonly onFocus: (id: ConversationId) => void
}

/** A conversation in the list, with what can be done to it. */
export function ConversationRow({ conversation, current, onOpen, onDelete, onFocus }: ConversationRowProps) {
  const { id, title, running, isPrivate } = conversation
  const [renaming, setRenaming] = useState(false)

  function press(event: KeyboardEvent): void {
    if (event.key !== 'F2' && event.key !== 'Delete') return
    event.preventDefault()
    if (event.key === 'F2') setRenaming(true)
    else onDelete(conversation)
  }

  function rename(next: string | null, byKey: boolean): void {
    setRenaming(false)
    if (next !== null) void conversationActs.getState().rename(id, next)
    if (byKey) onFocus(id)
  }

  if (renaming) return <TitleField title={title} onDone={rename} />
  return (
    <div className={styles.row}>
      <button
        type="button"
        className={styles.item}
        title={title}
        data-conversation={id}
        aria-current={current ? 'page' : undefined}
        aria-keyshortcuts="F2 Delete"
        onClick={() => onOpen(id)}
        onKeyDown={unlessComposing(press)}
      >
        {isPrivate && (
          <span className={styles.private} title="Private: gone when Latchkey quits">
            <HatGlasses />
            <VisuallyHidden>Private:</VisuallyHidden>
          </span>
        )}
        <span className={styles.title} dir="auto">
          {title}
        </span>
        {running && (
          <span className={styles.dot} title="Answering">
            <VisuallyHidden>Answering</VisuallyHidden>
          </span>
        )}
      </button>
      <Menu
        label={`Actions for ${title}`}
        icon={<Ellipsis />}
        className={styles.more}
        acts={[
          { label: 'Rename', icon: <Pencil />, shortcut: 'F2', act: () => setRenaming(true) },
          { label: 'Delete', icon: <Trash2 />, shortcut: 'Del', danger: true, act: () => onDelete(conversation) },
        ]}
      />
    </div>
  )
}
