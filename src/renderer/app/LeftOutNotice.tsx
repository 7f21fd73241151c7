import { Button } from '../ui/Button'
import { NoticeBar } from './NoticeBar'

interface LeftOutNoticeProps {
  readonly title: string
  readonly onOpen: () => void
  readonly onDismiss: () => void
}

/** Says which conversation was not opened, and why: the last time it was, the window stopped responding. */
export function LeftOutNotice({ title, onOpen, onDismiss }: LeftOutNoticeProps) {
  return (
    <NoticeBar
      label="A conversation that was not opened"
      text={`“${title}” was not opened by itself: Latchkey stopped responding while it was shown.`}
    >
      <Button small onClick={onOpen}>
        Open it
      </Button>
      <Button small onClick={onDismiss}>
        Dismiss
      </Button>
    </NoticeBar>
  )
}
