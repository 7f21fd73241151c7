import {
  CalendarClock,
  CircleAlert,
  CircleCheck,
  Ellipsis,
  KeyRound,
  KeySquare,
  Pencil,
  Trash2,
  Unplug,
} from 'lucide-react'
import { useState } from 'react'
import type { ConnectionView } from '../../../shared/ipc/views'
import { providers } from '../../lib/providers'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Menu, type MenuAct } from '../../ui/Menu'
import { checkWords } from './check-words'
import { checkOf, useChecks } from './checks-store'
import { keyStored } from './connection-choice'
import styles from './ConnectionRow.module.css'
import { DescribeKeyDialog } from './DescribeKeyDialog'
import { EditConnectionDialog } from './EditConnectionDialog'
import { KeyDialog } from './KeyDialog'
import { KeyFacts } from './KeyFacts'
import { keyWords } from './key-words'
import { RemoveKeyDialog } from './RemoveKeyDialog'
import { RetentionLine } from './RetentionLine'
import { SpareKeys } from './SpareKeys'

interface ConnectionRowProps {
  readonly connection: ConnectionView
  readonly keychain: string
  /** Removing is asked about by the page, as this row goes with its connection. */
  readonly onRemove: () => void
}

/** A connection: what it is called, where its key goes, how the key is kept, whether it works. */
export function ConnectionRow({ connection, keychain, onRemove }: ConnectionRowProps) {
  const [asking, setAsking] = useState<'key' | 'add' | 'describe' | 'remove' | 'edit' | null>(null)
  const checked = useChecks((state) => checkOf(state.checks, connection))
  const today = useToday()
  const close = () => setAsking(null)
  const stored = keyStored(connection)
  const { key, local } = providers[connection.provider]
  const needed = key === 'required'
  const name = (act: string) => `${act} “${connection.label}”`
  const keyAct = stored ? 'Replace key' : 'Enter key'
  const checking = checked?.result === null
  const result = checked?.result ?? null
  const works = result !== null && result.ok && result.value.ok

  const acts: MenuAct[] = [
    ...(stored || needed ? [] : [{ label: keyAct, icon: <KeyRound />, act: () => setAsking('key') }]),
    { label: 'Edit', icon: <Pencil />, act: () => setAsking('edit') },
    ...(stored ? [{ label: 'Key details', icon: <CalendarClock />, act: () => setAsking('describe') }] : []),
    ...(stored ? [{ label: 'Add another key', icon: <KeySquare />, act: () => setAsking('add') }] : []),
    ...(stored ? [{ label: 'Remove key', icon: <Trash2 />, danger: true, act: () => setAsking('remove') }] : []),
    { label: 'Remove connection', icon: <Unplug />, danger: true, act: onRemove },
  ]

  return (
    <li className={styles.row}>
      <div className={styles.name}>
        <h3>
          <bdi>{connection.label}</bdi>
        </h3>
        <p className={styles.host}>{connection.host}</p>
      </div>
      <div className={styles.state}>
        <p data-wanting={connection.key.state === 'locked' || (needed && !stored)}>
          {keyWords(connection.key, keychain, today.atMs, !local)}
        </p>
        {connection.key.state !== 'none' && <KeyFacts storedKey={connection.key} nowMs={today.atMs} />}
        <RetentionLine connection={connection} />
        <output className={styles.check} data-works={works}>
          {result !== null && (
            <>
              {works ? <CircleCheck /> : <CircleAlert />}
              <span>{checkWords(result, connection)}</span>
            </>
          )}
        </output>
      </div>
      <div className={styles.acts}>
        {(stored || !needed) && (
          <Button
            small
            aria-label={name(checking ? 'Checking' : 'Check')}
            aria-disabled={checking}
            onClick={() => !checking && void useChecks.getState().check(connection)}
          >
            {checking ? 'Checking …' : 'Check'}
          </Button>
        )}
        {(stored || needed) && (
          <Button small aria-label={name(keyAct)} onClick={() => setAsking('key')}>
            {keyAct}
          </Button>
        )}
        <Menu label={name('More for')} icon={<Ellipsis />} acts={acts} />
      </div>
      {connection.spareKeys.length > 0 && <SpareKeys connection={connection} keychain={keychain} nowMs={today.atMs} />}
      <KeyDialog connection={asking === 'key' ? connection : null} onClose={close} onSaved={close} />
      <KeyDialog connection={asking === 'add' ? connection : null} adds onClose={close} onSaved={close} />
      {connection.key.state !== 'none' && (
        <>
          <DescribeKeyDialog
            connection={connection}
            storedKey={connection.key}
            open={asking === 'describe'}
            onClose={close}
          />
          <RemoveKeyDialog
            connection={connection}
            storedKey={connection.key}
            open={asking === 'remove'}
            onClose={close}
          />
        </>
      )}
      <EditConnectionDialog connection={connection} open={asking === 'edit'} onClose={close} />
    </li>
  )
}
