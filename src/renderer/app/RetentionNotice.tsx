import { useState } from 'react'
import type { RequestError } from '../../shared/ipc/transport'
import { useSettings } from '../features/settings/settings-store'
import { requestWords } from '../lib/request-words'
import { Button } from '../ui/Button'
import { NoticeBar } from './NoticeBar'

interface RetentionNoticeProps {
  readonly onChoose: () => void
  /** The buttons go away, and the focus on them would go with them. */
  readonly onAnswered: () => void
}

/** Asks those who have conversations already, once and without standing in the way, how long to keep them. */
export function RetentionNotice({ onChoose, onAnswered }: RetentionNoticeProps) {
  const answered = useSettings((state) => state.retentionAnswered)
  const setRetention = useSettings((state) => state.setRetention)
  const [error, setError] = useState<RequestError | null>(null)
  if (answered) return null

  async function keep(): Promise<void> {
    const refused = await setRetention('forever')
    setError(refused)
    if (refused === null) onAnswered()
  }

  return (
    <NoticeBar
      label="How long conversations are kept"
      text={
        error === null
          ? 'How long should conversations be kept? Now they stay until you delete them.'
          : requestWords(error)
      }
    >
      <Button small onClick={() => void keep()}>
        Keep them for ever
      </Button>
      <Button small onClick={onChoose}>
        Choose …
      </Button>
    </NoticeBar>
  )
}
