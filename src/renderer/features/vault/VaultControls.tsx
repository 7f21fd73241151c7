import { Lock } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import { Button } from '../../ui/Button'
import { PassphraseDialog, type PassphraseAct } from './PassphraseDialog'
import { UnlockForm } from './UnlockForm'
import styles from './VaultControls.module.css'
import { useVault } from './vault-store'
import { protectionWords } from './vault-words'

interface VaultControlsProps {
  /** When keys lock by themselves; shown while there is something to lock with. */
  readonly lockAfter: ReactNode
  readonly onRefused: (error: RequestError | null) => void
}

/** What protects keys, the passphrase, and the lock it makes possible. */
export function VaultControls({ lockAfter, onRefused }: VaultControlsProps) {
  const vault = useVault((state) => state.vault)
  const [act, setAct] = useState<PassphraseAct | null>(null)

  async function lock(): Promise<void> {
    const result = await request('vault.lock', {})
    if (result.ok) useVault.getState().learn(result.value)
    onRefused(result.ok ? null : result.error)
  }

  if (vault === null) return null
  const { passphrase } = vault
  return (
    <>
      <p className={styles.state}>{protectionWords(vault)}</p>
      {passphrase === 'locked' && <UnlockForm action="Unlock" />}
      <div className={styles.acts}>
        {passphrase === 'none' && vault.protection !== 'damaged' && (
          <Button onClick={() => setAct('set')}>Set a passphrase</Button>
        )}
        {passphrase === 'open' && (
          <>
            <Button onClick={() => void lock()}>
              <Lock />
              Lock now
            </Button>
            <Button onClick={() => setAct('change')}>Change passphrase</Button>
            <Button onClick={() => setAct('remove')}>Remove passphrase</Button>
          </>
        )}
      </div>
      {passphrase !== 'none' && (
        <div className={styles.lock}>
          <p className={styles.state}>Lock automatically when Latchkey is not used</p>
          {lockAfter}
        </div>
      )}
      <PassphraseDialog act={act} onClose={() => setAct(null)} />
    </>
  )
}
