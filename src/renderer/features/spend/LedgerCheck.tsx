import { CircleAlert, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import type { Result } from '../../../shared/ipc/transport'
import type { CallView } from '../../../shared/ipc/spend-views'
import type { LedgerProofView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import styles from './LedgerCheck.module.css'
import { proofWords } from './ledger-words'

/** Verifies that every figure is what was booked, and says what it found. */
export function LedgerCheck({ calls }: { readonly calls: readonly CallView[] }) {
  const [found, setFound] = useState<Result<LedgerProofView> | null>(null)
  const [working, setWorking] = useState(false)
  const today = useToday()
  const sound = found !== null && found.ok && found.value.ok

  async function verify(): Promise<void> {
    if (working) return
    setWorking(true)
    setFound(null)
    setFound(await request('ledger.verify', {}))
    setWorking(false)
  }

  return (
    <div className={styles.check}>
      <Button kind="quiet" small className={styles.verify} aria-disabled={working} onClick={() => void verify()}>
        {working ? 'Verifying …' : 'Verify ledger'}
      </Button>
      <output className={styles.found} data-sound={sound}>
        {found !== null && (
          <>
            {sound ? <CircleCheck /> : <CircleAlert />}
            <span>{found.ok ? proofWords(found.value, calls, today.atMs) : requestWords(found.error)}</span>
          </>
        )}
      </output>
    </div>
  )
}
