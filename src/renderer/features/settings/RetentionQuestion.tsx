import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { RetentionChoice } from '../../ui/RetentionChoice'
import styles from './RetentionQuestion.module.css'
import { useSettings } from './settings-store'
import { useRetentionChoice } from './use-retention-choice'

/** Asked once, before there is anything to keep: how long conversations stay. */
export function RetentionQuestion({ onAnswered }: { readonly onAnswered: () => void }) {
  const setRetention = useSettings((state) => state.setRetention)
  const { fields, error, change, chosen, complain } = useRetentionChoice()
  const [refusal, setRefusal] = useState<RequestError | null>(null)
  const chosenRef = useRef<HTMLInputElement>(null)
  // What had the focus has gone with its page.
  useEffect(() => chosenRef.current?.focus(), [])

  async function answer(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (chosen === null) return complain()
    const refused = await setRetention(chosen)
    setRefusal(refused)
    if (refused === null) onAnswered()
  }

  return (
    <div className={styles.question}>
      <main className={styles.sheet}>
        <form onSubmit={(event) => void answer(event)} noValidate>
          <h1 className={styles.title}>How long should conversations be kept?</h1>
          <p className={styles.intro}>
            They are kept on this computer alone. You can change this in the settings at any time, and set another time
            for a single conversation.
          </p>
          <RetentionChoice
            label="Keep conversations"
            fields={fields}
            error={error}
            onChange={change}
            chosen={chosenRef}
          />
          {refusal !== null && <Notice kind="danger" title={requestWords(refusal)} alert />}
          <div className={styles.foot}>
            <p>What a conversation cost stays in Spend after it is deleted.</p>
            <Button kind="primary" type="submit">
              Continue
            </Button>
          </div>
        </form>
      </main>
    </div>
  )
}
