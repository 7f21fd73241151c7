import { CircleAlert, CircleCheck } from 'lucide-react'
import { useRef } from 'react'
import type { CallView } from '../../../shared/ipc/spend-views'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import styles from './LedgerCheck.module.css'
import { useLedger } from './ledger-store'
import { foundWords, progressWords, workWords } from './ledger-words'

/** Verifies that every figure is what was booked, says what it found, and puts sums right that are not. */
export function LedgerCheck({ calls }: { readonly calls: readonly CallView[] }) {
  const { asked, progress, slow, found, verify, rebuild, cancel } = useLedger()
  const today = useToday()
  const first = useRef<HTMLButtonElement>(null)
  const words = found === null ? null : foundWords(found, calls, today.atMs)
  // Somebody else's is one from before the page was loaded anew.
  const running = asked !== null ? slow : progress !== null

  return (
    <div className={styles.check}>
      <Button
        ref={first}
        kind="quiet"
        small
        className={styles.verify}
        aria-disabled={asked !== null && !running}
        onClick={() => void (running ? cancel() : verify())}
      >
        {running ? 'Cancel' : asked !== null ? `${workWords(asked)} …` : 'Verify ledger'}
      </Button>
      {running && (
        <>
          <progress
            className={styles.progress}
            aria-label={workWords(progress?.work ?? asked ?? 'verify')}
            aria-valuetext={progressWords(progress)}
            max={1000}
            value={progress?.permille ?? 0}
          />
          <span className={styles.far} aria-hidden="true">
            {progressWords(progress)}
          </span>
        </>
      )}
      <output className={styles.found} data-kind={words?.kind}>
        {words !== null && !running && (
          <>
            {words.kind === 'sound' && <CircleCheck />}
            {words.kind === 'fault' && <CircleAlert />}
            <span>{words.text}</span>
          </>
        )}
      </output>
      {words !== null && words.canRebuild && !running && asked === null && (
        <Button
          small
          className={styles.rebuild}
          onClick={() => {
            // The button goes; whoever is there stays where it can be cancelled.
            first.current?.focus()
            void rebuild()
          }}
        >
          Rebuild sums
        </Button>
      )}
    </div>
  )
}
