import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { Retention } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import { confirmWords, keptWords, previewWords } from '../../lib/retention-words'
import { Button } from '../../ui/Button'
import { RetentionChoice } from '../../ui/RetentionChoice'
import { RetentionDialog } from './RetentionDialog'
import styles from './RetentionSettings.module.css'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { useRetentionChoice, useRetentionPreview, type Foreseen } from './use-retention-choice'

interface RetentionSettingsProps {
  /** The page was opened for it: it takes the focus. */
  readonly asked: boolean
  /** What is kept of every conversation may be another time now. */
  readonly onKept: () => void
}

/** How long conversations are kept that have no time of their own. What it would delete is said before it is set. */
export function RetentionSettings({ asked, onKept }: RetentionSettingsProps) {
  const setRetention = useSettings((state) => state.setRetention)
  const answered = useSettings((state) => state.retentionAnswered)
  const { fields, error, change, chosen, changed, complain } = useRetentionChoice()
  const open = changed || !answered
  const { foreseen, error: unforeseen } = useRetentionPreview(open ? chosen : null)
  const [refusal, setRefusal] = useState<RequestError | null>(null)
  const [said, setSaid] = useState('')
  const [asking, setAsking] = useState<Foreseen | null>(null)
  const chosenRef = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asked) chosenRef.current?.focus()
  }, [asked])

  async function keep(retention: Retention): Promise<RequestError | null> {
    const refused = await setRetention(retention)
    setRefusal(refused)
    if (refused !== null) return refused
    setAsking(null)
    setSaid(`Conversations are kept ${keptWords(retention)}.`)
    onKept()
    // The button goes away, and the focus on it would go with it.
    chosenRef.current?.focus()
    return null
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    setSaid('')
    if (chosen === null) return complain()
    // Asked again at the last moment: what was foreseen may be minutes old.
    const result = await request('retention.preview', { retention: chosen })
    if (!result.ok) return setRefusal(result.error)
    if (confirmWords(result.value) === null) return void (await keep(chosen))
    setRefusal(null)
    return setAsking({ retention: chosen, preview: result.value })
  }

  return (
    <SettingsSection
      title="Conversations"
      about="How long they are kept. One that has a time of its own goes by that."
      error={asking === null ? (refusal ?? unforeseen) : null}
    >
      <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
        <RetentionChoice
          label="Keep conversations"
          fields={fields}
          error={error}
          onChange={(next) => {
            setSaid('')
            change(next)
          }}
          chosen={chosenRef}
        />
        <output className={styles.said}>
          {open && foreseen !== null ? previewWords(foreseen.retention, foreseen.preview) : said}
        </output>
        {open && (
          <Button type="submit" className={styles.save}>
            Keep it so
          </Button>
        )}
      </form>
      <RetentionDialog
        asked={asking}
        error={refusal}
        onClose={() => {
          setAsking(null)
          setRefusal(null)
        }}
        onConfirm={(retention) => void keep(retention)}
        finalFocus={() => chosenRef.current ?? true}
      />
    </SettingsSection>
  )
}
