import { useRef, useState, type FormEvent, type RefObject } from 'react'
import type { KeyId } from '../../../core/ids'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConnectionView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { clipboardStore } from './clipboard-store'
import { keyStored } from './connection-choice'
import { KeepChoice } from './KeepChoice'
import { KeyField } from './KeyField'
import styles from './KeyDialog.module.css'
import { saveAnotherKey, saveKey } from './key-requests'
import { keepingWords } from './key-words'
import { SlowActions } from './SlowActions'
import { keyName, keysOf } from './spare-keys'
import { useSlowAct } from './use-slow-act'
import { useVault } from './vault-store'

interface KeyDialogProps {
  /** The connection whose key is entered; null keeps the dialog closed. */
  readonly connection: ConnectionView | null
  /** The key that is replaced; the one the connection uses where none is named. */
  readonly keyId?: KeyId | undefined
  /** Whether the key is entered beside those that are there. */
  readonly adds?: boolean
  /** Whether a message waits to go out again with the new key. */
  readonly sendsAgain?: boolean
  readonly onClose: () => void
  readonly onSaved: () => void
  /** Where focus goes once a key was saved, if what opened the dialog is gone by then. */
  readonly focusAfterRef?: RefObject<HTMLElement | null>
}

/** Asks for a key: another one, or the first of a connection that has none. */
export function KeyDialog({
  connection,
  keyId,
  adds = false,
  sendsAgain = false,
  onClose,
  onSaved,
  focusAfterRef,
}: KeyDialogProps) {
  const vault = useVault((state) => state.vault)
  const field = useRef<HTMLInputElement>(null)
  const saved = useRef(false)
  const [error, setError] = useState<RequestError | null>(null)
  const [forSession, setForSession] = useState(false)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(connection)
  if (connection !== null && connection !== shown) setShown(connection)

  const { phase, run, leave } = useSlowAct()

  function close(): void {
    setError(null)
    setForSession(false)
    onClose()
  }

  function cancel(): void {
    if (shown !== null) void leave(close, () => request('key.cancel', { connectionId: shown.id }))
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const input = field.current
    if (input === null || connection === null || phase !== 'idle') return
    const text = input.value.trim()
    const saving = await run(() =>
      adds
        ? saveAnotherKey(request, connection, text, forSession)
        : saveKey(request, connection, text, forSession, keyId),
    )
    if (saving === null) return
    const { result, late } = saving
    if (!result.ok) {
      setError(result.error)
      input.focus()
      return
    }
    input.value = ''
    clipboardStore.getState().entered()
    saved.current = true
    useVault.getState().keep(result.value)
    // Whoever has pressed Cancel wants nothing to follow from it.
    if (late) return
    close()
    onSaved()
  }

  const replaces = shown !== null && !adds && (keyId !== undefined || keyStored(shown))
  return (
    <Dialog
      open={connection !== null}
      onClose={cancel}
      title={titleOf(shown, replaces, keyId)}
      description={
        adds
          ? 'It waits behind the others. It is used when you choose it, or go on to it.'
          : sendsAgain
            ? 'Your message goes out again with the new key.'
            : 'Answers that run now finish on the old key.'
      }
      initialFocus={field}
      finalFocus={() => (saved.current ? (focusAfterRef?.current ?? true) : true)}
    >
      <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
        <KeyField field={field} error={error === null ? null : requestWords(error)} />
        {vault !== null && vault.protection !== 'session' && (
          <KeepChoice forSession={forSession} onChange={setForSession} />
        )}
        {vault !== null && <p className={styles.keeping}>{keepingWords(vault, shown?.host ?? null, forSession)}</p>}
        <SlowActions phase={phase} late="It was too late to cancel: the key is saved." onLeave={cancel}>
          <Button kind="primary" type="submit" aria-disabled={phase !== 'idle'}>
            {actionLabel(replaces, sendsAgain)}
          </Button>
        </SlowActions>
      </form>
    </Dialog>
  )
}

function titleOf(connection: ConnectionView | null, replaces: boolean, keyId: KeyId | undefined): string {
  if (connection === null) return ''
  if (!replaces) return `Enter a key for “${connection.label}”`
  const place = keysOf(connection).findIndex(({ id }) => id === keyId)
  const key = keysOf(connection)[place]
  if (key === undefined || connection.spareKeys.length === 0) return `Replace the key “${connection.label}”`
  return `Replace ${keyName(key, place + 1)} of “${connection.label}”`
}

function actionLabel(replaces: boolean, sendsAgain: boolean): string {
  if (sendsAgain) return 'Replace and send again'
  return replaces ? 'Replace key' : 'Save key'
}
