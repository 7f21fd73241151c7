import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { ConnectionRow } from './ConnectionRow'
import styles from './KeysPage.module.css'
import { useVault } from './vault-store'

interface KeysPageProps {
  readonly leading?: ReactNode
  readonly onAdd: () => void
}

/** Every connection and how its key is kept. No key can be seen here: there is nothing to see it with. */
export function KeysPage({ leading, onAdd }: KeysPageProps) {
  const vault = useVault((state) => state.vault)
  const connections = useVault((state) => state.connections)
  return (
    <Page
      title="Keys"
      leading={leading}
      actions={
        <Button kind="primary" onClick={onAdd}>
          <Plus />
          Add a key
        </Button>
      }
    >
      {vault?.protection === 'session' && (
        <Notice kind="warn" title="This computer offers no keychain">
          Keys are kept in memory and forgotten when Latchkey quits.
        </Notice>
      )}
      {vault?.protection === 'unavailable' && (
        <Notice kind="warn" title={`${vault.keychain} cannot be reached now`}>
          Stored keys stay where they are. Unlock the keychain, then try again.
        </Notice>
      )}
      <p className={styles.intro}>
        {connections.length === 0
          ? 'No keys yet.'
          : 'Keys stay on this computer and are sent only to the host beside them. A stored key is never shown again.'}
      </p>
      {connections.length > 0 && (
        <ul className={styles.list}>
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} keychain={vault?.keychain ?? ''} />
          ))}
        </ul>
      )}
    </Page>
  )
}
