import { ArrowDown, ArrowUp, ArrowUpToLine, CalendarClock, Ellipsis, KeyRound, Trash2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { KeyId } from '../../../core/ids'
import type { RequestError, Result } from '../../../shared/ipc/transport'
import type { ConnectionView, StoredKeyView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Menu, type MenuAct } from '../../ui/Menu'
import { Notice } from '../../ui/Notice'
import { Switch } from '../../ui/Switch'
import { DescribeKeyDialog } from './DescribeKeyDialog'
import { KeyDialog } from './KeyDialog'
import { KeyFacts } from './KeyFacts'
import { keyWords } from './key-words'
import { RemoveKeyDialog } from './RemoveKeyDialog'
import { keyName, keysOf, movedBy, movedFirst } from './spare-keys'
import styles from './SpareKeys.module.css'
import { useVault } from './vault-store'

interface SpareKeysProps {
  readonly connection: ConnectionView
  readonly keychain: string
  readonly nowMs: number
}

/** The other keys of a connection in their order, and whether they are asked in it. */
export function SpareKeys({ connection, keychain, nowMs }: SpareKeysProps) {
  const [asking, setAsking] = useState<{ readonly act: 'replace' | 'describe' | 'remove'; readonly id: KeyId } | null>(
    null,
  )
  const [error, setError] = useState<RequestError | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const id = useId()
  const { id: connectionId, spareKeys } = connection
  const ids = keysOf(connection).map((key) => key.id)
  const asked = spareKeys.find((key) => key.id === asking?.id)
  const close = () => setAsking(null)

  async function change(work: Promise<Result<ConnectionView>>): Promise<void> {
    const result = await work
    setError(result.ok ? null : result.error)
    if (result.ok) useVault.getState().keep(result.value)
  }

  async function order(keyIds: readonly KeyId[]): Promise<void> {
    await change(request('key.order', { connectionId, keyIds: [...keyIds] }))
    // The button that was pressed may have gone with its place.
    list.current?.focus()
  }

  function actsFor(key: StoredKeyView): MenuAct[] {
    const place = ids.indexOf(key.id)
    // Without a used key the first in line would become it by being moved.
    const moves = connection.key.state !== 'none'
    return [
      { label: 'Use this key', icon: <ArrowUpToLine />, act: () => void order(movedFirst(ids, key.id)) },
      ...(moves && place > 1
        ? [{ label: 'Move up', icon: <ArrowUp />, act: () => void order(movedBy(ids, key.id, -1)) }]
        : []),
      ...(moves && place < ids.length - 1
        ? [{ label: 'Move down', icon: <ArrowDown />, act: () => void order(movedBy(ids, key.id, 1)) }]
        : []),
      { label: 'Replace key', icon: <KeyRound />, act: () => setAsking({ act: 'replace', id: key.id }) },
      { label: 'Key details', icon: <CalendarClock />, act: () => setAsking({ act: 'describe', id: key.id }) },
      { label: 'Remove key', icon: <Trash2 />, danger: true, act: () => setAsking({ act: 'remove', id: key.id }) },
    ]
  }

  return (
    <div className={styles.spare}>
      <h4 id={`${id}-keys`} className={styles.title}>
        {connection.failover ? 'Asked next, in this order' : 'Other keys, not used now'}
      </h4>
      <ol ref={list} tabIndex={-1} className={styles.keys} aria-labelledby={`${id}-keys`}>
        {spareKeys.map((key) => (
          <li key={key.id} className={styles.key}>
            <div>
              <p>{keyWords(key, keychain, nowMs)}</p>
              <KeyFacts storedKey={key} nowMs={nowMs} />
            </div>
            <Menu label={`More for ${keyName(key, ids.indexOf(key.id) + 1)}`} icon={<Ellipsis />} acts={actsFor(key)} />
          </li>
        ))}
      </ol>
      <div className={styles.failover}>
        <Switch
          id={`${id}-failover`}
          aria-describedby={`${id}-meaning`}
          on={connection.failover}
          onChange={(on) => void change(request('connection.setFailover', { connectionId, on }))}
        />
        <label htmlFor={`${id}-failover`}>Go on to the next key by itself</label>
        <p id={`${id}-meaning`}>
          When a key is rejected, has no credit or is rate limited, before anything of the answer has arrived. Each
          request is in the ledger under its own key.
        </p>
      </div>
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <KeyDialog
        connection={asking?.act === 'replace' ? connection : null}
        keyId={asking?.id}
        onClose={close}
        onSaved={close}
      />
      {asked !== undefined && (
        <>
          <DescribeKeyDialog
            connection={connection}
            storedKey={asked}
            open={asking?.act === 'describe'}
            onClose={close}
          />
          <RemoveKeyDialog connection={connection} storedKey={asked} open={asking?.act === 'remove'} onClose={close} />
        </>
      )}
    </div>
  )
}
