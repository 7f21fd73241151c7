import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { DataView, DeletedView } from '../../../shared/ipc/data-views'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { useData } from './data-store'
import { purgedWords } from './data-words'
import { DeleteForGoodDialog } from './DeleteForGoodDialog'
import styles from './DeletedPage.module.css'
import { DeletedRow } from './DeletedRow'
import { useDeleted } from './deleted-store'
import { DELETED_ABOUT, deletedCountWords } from './deleted-words'
import { PurgeDialog } from './PurgeDialog'

interface DeletedPageProps {
  readonly leading?: ReactNode
  readonly onSettings: () => void
  readonly onOpen: (id: ConversationId) => void
  /** It is in the list again, or gone for good: there is nothing to undo any more. Null for all of them. */
  readonly onDone: (id: ConversationId | null) => void
}

/** What was deleted, and can be had back or made to go before its time. */
export function DeletedPage({ leading, onSettings, onOpen, onDone }: DeletedPageProps) {
  const { list, error, restored, load, restore, leave } = useDeleted()
  const { purged, error: unseen, look, forgetPurged } = useData()
  const [asking, setAsking] = useState<DeletedView | null>(null)
  const [purging, setPurging] = useState<DataView | null>(null)
  const today = useToday()
  const back = useRef<HTMLButtonElement>(null)
  const rows = useRef<HTMLUListElement>(null)
  /** Where the focus goes once what opened a question is gone. */
  const landing = useRef<HTMLElement | null>(null)
  useEffect(() => {
    void load()
    return () => {
      leave()
      forgetPurged()
    }
  }, [load, leave, forgetPurged])

  /** The same button of the row that takes its place; without one the way back. */
  function after(id: ConversationId, act: 'restore' | 'delete'): HTMLElement | null {
    const all = list?.conversations ?? []
    const index = all.findIndex((conversation) => conversation.id === id)
    const next = all[index + 1] ?? all[index - 1]
    const row = next && rows.current?.querySelector<HTMLElement>(`[data-deleted="${next.id}"] [data-act="${act}"]`)
    return row ?? back.current
  }

  async function bringBack(conversation: DeletedView): Promise<void> {
    forgetPurged()
    const next = after(conversation.id, 'restore')
    if (!(await restore(conversation))) return
    next?.focus()
    onDone(conversation.id)
  }

  function ask(conversation: DeletedView): void {
    forgetPurged()
    landing.current = null
    setAsking(conversation)
  }

  async function askAll(): Promise<void> {
    forgetPurged()
    landing.current = null
    setPurging(await look())
  }

  const wrong = error ?? unseen
  const some = list !== null && list.total > 0
  return (
    <Page
      title="Deleted conversations"
      leading={leading}
      actions={
        <Button ref={back} onClick={onSettings}>
          Settings
        </Button>
      }
    >
      <p className={styles.about}>{DELETED_ABOUT}</p>
      {wrong !== null && <Notice kind="danger" title={requestWords(wrong)} alert />}
      <output className={styles.said}>
        {purged !== null && purgedWords(purged)}
        {restored !== null && (
          <>
            <span className={styles.restored}>
              Restored <bdi>“{restored.title}”</bdi>.
            </span>
            <Button small onClick={() => onOpen(restored.id)}>
              Open
            </Button>
          </>
        )}
      </output>
      {list?.total === 0 && <p className={styles.empty}>No conversation is deleted.</p>}
      {some && (
        <>
          <div className={styles.tools}>
            <p>{deletedCountWords(list.conversations.length, list.total)}</p>
            <Button small onClick={() => void askAll()}>
              Delete all now …
            </Button>
          </div>
          <ul ref={rows} className={styles.rows} aria-label="Deleted conversations">
            {list.conversations.map((conversation) => (
              <DeletedRow
                key={conversation.id}
                conversation={conversation}
                nowMs={today.atMs}
                onRestore={(chosen) => void bringBack(chosen)}
                onDelete={ask}
              />
            ))}
          </ul>
        </>
      )}
      <DeleteForGoodDialog
        conversation={asking}
        onClose={() => setAsking(null)}
        onGone={({ id }) => {
          landing.current = after(id, 'delete')
          onDone(id)
        }}
        finalFocus={() => landing.current ?? true}
      />
      <PurgeDialog
        data={purging}
        onClose={() => setPurging(null)}
        onPurged={() => {
          landing.current = back.current
          void load()
          onDone(null)
        }}
        finalFocus={() => landing.current ?? true}
      />
    </Page>
  )
}
