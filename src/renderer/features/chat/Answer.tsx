import { RotateCw } from 'lucide-react'
import { memo, useRef } from 'react'
import { textOf } from '../../../core/conversation'
import type { MessageView, WaitingView } from '../../../shared/ipc/views'
import { costNotes, exactWords, figureLine, figureTitle, type Figure } from '../../lib/cost-notes'
import { Markdown } from '../../markdown/Markdown'
import { Button } from '../../ui/Button'
import { CostMark } from '../../ui/CostMark'
import { ProviderTile } from '../../ui/ProviderTile'
import type { AnswerActs } from './answer-acts'
import { AnswerActions } from './AnswerActions'
import { BranchSwitch } from './BranchSwitch'
import { FailureRow } from './FailureRow'
import styles from './Message.module.css'
import { endingWords, keyWords, isShortened, modelOf, offersRetry, offersToGoOn } from './message-words'
import { Progress } from './Progress'
import { RegenerateMenu } from './RegenerateMenu'
import { Thinking } from './Thinking'
import { Waiting } from './Waiting'

interface AnswerProps {
  readonly message: MessageView
  /** The latest message of a conversation in which nothing runs: the one that can be asked for again. */
  readonly last: boolean
  /** Set while it is to be asked for again by itself. */
  readonly waiting: WaitingView | null
  /** Failed while the user looked on, and so announced. */
  readonly fresh: boolean
  readonly acts: AnswerActs
}

const COUNTING = 'Its provider is still writing; what it cost is known when that has ended.'

/** An answer: on the canvas, under the name of the model that wrote it, with what it cost. */
export const Answer = memo(function Answer({ message, last, waiting, fresh, acts }: AnswerProps) {
  const headingId = `${message.id}-heading`
  const body = useRef<HTMLDivElement>(null)
  const running = message.state === 'streaming'
  const text = textOf(message.parts)
  const thinking = message.parts
    .filter((part) => part.type === 'reasoning')
    .map((part) => part.text)
    .join('\n\n')
  const ending = endingWords(message)
  const key = keyWords(message)
  return (
    <article className={styles.message} aria-labelledby={headingId}>
      <header className={styles.head}>
        <h2 id={headingId} className={styles.who}>
          {message.provider !== null && <ProviderTile provider={message.provider} />}
          {modelOf(message)}
        </h2>
        {message.branch !== null && <BranchSwitch id={message.id} branch={message.branch} onShow={acts.showBranch} />}
        {running && message.parts.length > 0 && <Progress sinceMs={message.createdMs} />}
      </header>
      {running && message.parts.length === 0 && waiting === null && (
        <Progress sinceMs={message.createdMs} waitingFor={modelOf(message)} />
      )}
      {running && waiting !== null && <Waiting message={message} waiting={waiting} acts={acts} />}
      {thinking !== '' && (
        <Thinking
          text={thinking}
          active={running && message.parts.at(-1)?.type === 'reasoning'}
          thought={message.thought}
        />
      )}
      {text !== '' && (
        <div ref={body} className={styles.answer}>
          <Markdown text={text} streaming={running} links={acts.links} />
        </div>
      )}
      {message.failure !== null && message.state === 'failed' && (
        <div className={styles.failure}>
          <FailureRow message={message} failure={message.failure} last={last} fresh={fresh} acts={acts} />
        </div>
      )}
      {(ending !== null || key !== null || message.cost !== null || message.counting) && (
        <footer className={styles.foot}>
          {!running && (
            <AnswerActions
              message={message}
              text={text}
              body={body}
              last={last}
              onQuote={acts.quote}
              onPrice={acts.showPrice}
            >
              <RegenerateMenu message={message} otherAlone={last && message.state !== 'complete'} acts={acts} />
            </AnswerActions>
          )}
          {ending !== null && <span className={styles.ending}>{ending}</span>}
          {key !== null && <span className={styles.ending}>{key}</span>}
          {last && isShortened(message) && (
            <Button kind="quiet" small onClick={acts.raiseLimit}>
              Raise the limit
            </Button>
          )}
          {last && offersRetry(message) && (
            <Button kind="quiet" small onClick={() => acts.retry(message.turnId)}>
              <RotateCw />
              Try again
            </Button>
          )}
          {last && offersToGoOn(message) && (
            <Button kind="quiet" small title="Sends “Continue” as your next message" onClick={acts.goOn}>
              Continue
            </Button>
          )}
          {message.counting ? (
            <span className={styles.cost} title={COUNTING}>
              still counting
            </span>
          ) : (
            message.cost !== null && <Cost figure={{ ...message, cost: message.cost }} />
          )}
        </footer>
      )}
    </article>
  )
})

function Cost({ figure }: { readonly figure: Figure }) {
  return (
    <span className={styles.cost}>
      <span title={figureTitle(figure)}>{figureLine(figure)}</span>
      <CostMark exact={exactWords(figure)} notes={costNotes(figure)} />
    </span>
  )
}
