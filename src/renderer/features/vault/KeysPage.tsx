import { Plus } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ConnectionId } from '../../../core/ids'
import { Button } from '../../ui/Button'
import { Page } from '../../ui/Page'
import { groupByProvider } from './connection-choice'
import { ConnectionRow } from './ConnectionRow'
import styles from './KeysPage.module.css'
import { ProviderKeys } from './ProviderKeys'
import { RemoveConnectionDialog } from './RemoveConnectionDialog'
import { useVault } from './vault-store'
import { keeperName } from './vault-words'
import { VaultNotice } from './VaultNotice'

interface KeysPageProps {
  readonly leading?: ReactNode
  readonly onAdd: () => void
}

/** Every connection and how its key is kept. No key can be seen here: there is nothing to see it with. */
export function KeysPage({ leading, onAdd }: KeysPageProps) {
  const vault = useVault((state) => state.vault)
  const connections = useVault((state) => state.connections)
  const [removing, setRemoving] = useState<ConnectionId | null>(null)
  const add = useRef<HTMLButtonElement>(null)
  useEffect(() => void useVault.getState().refresh(), [])
  return (
    <Page
      title="Keys"
      leading={leading}
      actions={
        <Button kind="primary" ref={add} onClick={onAdd}>
          <Plus />
          Add a key
        </Button>
      }
    >
      {vault !== null && <VaultNotice vault={vault} />}
      <p className={styles.intro}>
        {connections.length === 0
          ? 'No keys yet. Add one, or connect a model on this computer without a key.'
          : 'Keys stay on this computer and are sent only to the host beside them. A stored key is never shown again.'}
      </p>
      {groupByProvider(connections).map(({ provider, connections: members }) => (
        <ProviderKeys key={provider} provider={provider}>
          {members.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              keychain={keeperName(vault)}
              onRemove={() => setRemoving(connection.id)}
            />
          ))}
        </ProviderKeys>
      ))}
      <RemoveConnectionDialog
        connection={connections.find(({ id }) => id === removing) ?? null}
        onClose={() => setRemoving(null)}
        focusAfterRef={add}
      />
    </Page>
  )
}
