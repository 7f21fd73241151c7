import type { AskAbove } from '../../shared/ipc/views'
import { costTitle, costWhy } from '../features/chat/composer-words'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import type { CostQuestion } from './cost-question'

interface CostNoticeProps {
  readonly question: CostQuestion
  readonly above: AskAbove
  readonly onSend: () => void
  readonly onChooseModel: () => void
}

/** A message that costs more than usual, before it leaves. */
export function CostNotice({ question, above, onSend, onChooseModel }: CostNoticeProps) {
  return (
    <Notice
      kind="warn"
      title={costTitle(question)}
      alert
      actions={
        <>
          <Button small onClick={onSend}>
            Send
          </Button>
          <Button kind="quiet" small onClick={onChooseModel}>
            Choose a cheaper model
          </Button>
        </>
      }
    >
      {costWhy(above)}
    </Notice>
  )
}
