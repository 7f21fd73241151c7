import { useState } from 'react'
import type { VaultView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { ForgetPassphraseDialog } from './ForgetPassphraseDialog'
import { UnlockForm } from './UnlockForm'
import styles from './VaultNotice.module.css'
import { useVault } from './vault-store'
import { troubleWords } from './vault-words'

/** Why keys cannot be opened or kept now, and the way on; nothing while all is well. */
export function VaultNotice({ vault }: { readonly vault: VaultView }) {
  const [failed, setFailed] = useState<string | null>(null)
  const [trying, setTrying] = useState(false)
  const [forgetting, setForgetting] = useState(false)
  const trouble = troubleWords(vault)

  async function retry(): Promise<void> {
    if (trying) return
    setTrying(true)
    const result = await request('vault.retry', {})
    setTrying(false)
    if (!result.ok) return setFailed(requestWords(result.error))
    useVault.getState().learn(result.value)
    return setFailed(result.value.cause === vault.cause ? 'Still the same.' : null)
  }

  return (
    <div className={styles.notices}>
      {vault.passphrase === 'locked' && (
        <Notice
          kind="warn"
          title="Your keys are locked"
          details={
            <>
              <UnlockForm action="Unlock" />
              <Button small className={styles.forgot} onClick={() => setForgetting(true)}>
                Forgot the passphrase?
              </Button>
            </>
          }
        >
          No key is sent before you enter your passphrase.
        </Notice>
      )}
      {trouble !== null && (
        <Notice
          kind="warn"
          title={trouble.title}
          actions={
            trouble.retry && (
              <>
                <Button small aria-disabled={trying} onClick={() => void retry()}>
                  {trying ? 'Trying …' : 'Try again'}
                </Button>
                <output>{failed}</output>
              </>
            )
          }
        >
          {trouble.text}
        </Notice>
      )}
      <ForgetPassphraseDialog open={forgetting} onClose={() => setForgetting(false)} />
    </div>
  )
}
