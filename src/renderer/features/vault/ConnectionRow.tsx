import { useState } from 'react'
import type { ConnectionView } from '../../../shared/ipc/views'
import { providers } from '../../lib/providers'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import { hasKey } from './connection-choice'
import styles from './ConnectionRow.module.css'
import { EditConnectionDialog } from './EditConnectionDialog'
import { KeyDialog } from './KeyDialog'
import { keyWords } from './key-words'
import { RemoveKeyDialog } from './RemoveKeyDialog'

interface ConnectionRowProps {
  readonly connection: ConnectionView
  readonly keychain: string
}

/** A connection: what it is called, where its key goes, how the key is kept. */
export function ConnectionRow({ connection, keychain }: ConnectionRowProps) {
  const [asking, setAsking] = useState<'key' | 'remove' | 'edit' | null>(null)
  const today = useToday()
  const close = () => setAsking(null)
  const stored = hasKey(connection)
  const name = (act: string) => `${act} “${connection.label}”`
  return (
    <li className={styles.row}>
      <ProviderTile provider={connection.provider} large />
      <div className={styles.name}>
        <h2>
          <bdi>{connection.label}</bdi>
        </h2>
        <p>
          {providers[connection.provider].name} · <span className={styles.host}>{connection.host}</span>
        </p>
      </div>
      <p className={styles.state} data-state={connection.key.state}>
        {keyWords(connection.key, keychain, today.atMs)}
      </p>
      <div className={styles.acts}>
        <Button small aria-label={name(stored ? 'Replace key' : 'Enter key')} onClick={() => setAsking('key')}>
          {stored ? 'Replace key' : 'Enter key'}
        </Button>
        {stored && (
          <Button kind="quiet" small aria-label={name('Remove key')} onClick={() => setAsking('remove')}>
            Remove key
          </Button>
        )}
        <Button kind="quiet" small aria-label={name('Edit')} onClick={() => setAsking('edit')}>
          Edit
        </Button>
      </div>
      <KeyDialog connection={asking === 'key' ? connection : null} onClose={close} onSaved={close} />
      <RemoveKeyDialog connection={connection} open={asking === 'remove'} onClose={close} />
      <EditConnectionDialog connection={connection} open={asking === 'edit'} onClose={close} />
    </li>
  )
}
