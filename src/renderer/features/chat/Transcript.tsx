import { ArrowDown } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
} from 'react'
import type { TurnId } from '../../../core/ids'
import type { ConversationView } from '../../../shared/ipc/views'
import { unlessComposing } from '../../lib/ime'
import { SHORTCUTS } from '../../lib/keyboard'
import { useShortcut } from '../../lib/use-shortcut'
import { Button } from '../../ui/Button'
import { PopupPlace } from '../../ui/popup-place'
import { Answer } from './Answer'
import type { AnswerActs } from './answer-acts'
import { EarlierRow } from './EarlierRow'
import { Find } from './Find'
import { KeepPlace } from './KeepPlace'
import { Question } from './Question'
import styles from './Transcript.module.css'
import { useFollow } from './use-follow'
import { useLead, type Wanted } from './use-lead'
import { useMounted } from './use-mounted'

export interface TranscriptHandle {
  /** Shows the end, as after sending. */
  jump(): void
  /** Opens the way to find words in it. */
  find(): void
  /** Shows what it shows, though what follows becomes longer or shorter. */
  stay(): void
}

interface TranscriptProps {
  readonly conversation: ConversationView
  readonly freshFailure: TurnId | null
  readonly acts: AnswerActs
  /** What became of earlier messages that were asked for. */
  readonly earlier: 'loading' | 'failed' | null
  /** Asks for a page of them, or for as many as `most`. */
  readonly onEarlier: (most?: number) => void
  /** What is gone to as soon as it is loaded; null without such a wish. */
  readonly wanted?: Wanted | null
  readonly ref?: Ref<TranscriptHandle>
}

/** How many earlier messages are asked for while they are looked through. */
const MOST_AT_ONCE = 400

/**
 * The messages of a conversation around its reader, oldest first. The log is not live: a region that reads every token
 * aloud is of no use; the announcer says what matters.
 */
export function Transcript({
  conversation,
  freshFailure,
  acts,
  earlier,
  onEarlier,
  wanted = null,
  ref,
}: TranscriptProps) {
  const { messages, older, olderQuestions, runningTurn } = conversation
  const newest = useRef(true)
  const { log, content, following, jump: toEnd, leave, stay } = useFollow(newest)
  const loaded = useMemo(() => ({ start: older, end: older + messages.length }), [older, messages.length])
  const loadOlder = useMemo(() => (earlier === null ? () => onEarlier() : null), [earlier, onEarlier])
  const loadMore = useMemo(() => (earlier === null ? () => onEarlier(MOST_AT_ONCE) : null), [earlier, onEarlier])
  const { mounted, hasNewest, show, showNewest } = useMounted({ log, content, loaded, loadOlder })
  const wantsEnd = useRef(false)
  useLayoutEffect(() => {
    newest.current = hasNewest
    if (!hasNewest || !wantsEnd.current) return
    wantsEnd.current = false
    toEnd()
  }, [hasNewest, toEnd])

  const jump = useCallback(() => {
    wantsEnd.current = !newest.current
    showNewest()
    if (newest.current) toEnd()
  }, [showNewest, toEnd])
  useLead({ wanted, messages, older, mounted, log, content, show, leave })
  const popups = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [finding, setFinding] = useState(false)
  const focusAfter = useRef<Element | null>(null)
  const find = useCallback(() => {
    if (field.current === null) focusAfter.current = document.activeElement
    setFinding(true)
    field.current?.select()
  }, [])
  useShortcut(SHORTCUTS.find, find)
  useImperativeHandle(ref, () => ({ jump, find, stay }), [jump, find, stay])

  // What the browser takes for the end is the end of what is mounted.
  useEffect(() => {
    const { current: element } = log
    const press = unlessComposing((event: KeyboardEvent) => {
      if (event.key !== 'End' || event.target !== element || newest.current) return
      event.preventDefault()
      jump()
    })
    element?.addEventListener('keydown', press)
    return () => element?.removeEventListener('keydown', press)
  }, [log, jump])

  const lastId = runningTurn === null ? messages.at(-1)?.id : undefined
  const numbers = useMemo(() => questionNumbers(messages, olderQuestions), [messages, olderQuestions])
  const shown = messages.slice(mounted.start - older, mounted.end - older)
  const hasEarlier = mounted.start > 0
  return (
    <div className={styles.transcript}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be in reach of the keyboard */}
      <div ref={log} className={styles.log} role="log" aria-label="Conversation" aria-live="off" tabIndex={0}>
        <div ref={content} className={styles.column} data-finding={finding}>
          <PopupPlace value={popups}>
            <KeepPlace
              log={log}
              content={content}
              first={mounted.start}
              shape={`${hasEarlier ? (earlier ?? '') : 'all'} ${shown.map(({ id }) => id).join(' ')}`}
            >
              {hasEarlier && <EarlierRow failed={earlier === 'failed'} onRetry={() => onEarlier()} />}
              {shown.map((message, index) =>
                message.role === 'user' ? (
                  <Question
                    key={message.id}
                    message={message}
                    number={numbers[mounted.start - older + index] ?? 0}
                    acts={acts}
                  />
                ) : (
                  <Answer
                    key={message.id}
                    message={message}
                    last={message.id === lastId}
                    waiting={message.id === runningTurn?.messageId ? runningTurn.waiting : null}
                    fresh={message.turnId === freshFailure}
                    acts={acts}
                  />
                ),
              )}
            </KeepPlace>
          </PopupPlace>
        </div>
      </div>
      <div ref={popups} />
      {finding && (
        <Find
          conversation={conversation}
          mounted={mounted}
          log={log}
          content={content}
          field={field}
          loadMore={loadMore}
          onRetry={earlier === 'failed' ? () => onEarlier(MOST_AT_ONCE) : null}
          onShow={(place) => {
            leave()
            show(place)
          }}
          onClose={() => {
            setFinding(false)
            const { current: back } = focusAfter
            if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus()
            else log.current?.focus()
          }}
        />
      )}
      {!following && (
        <Button
          small
          className={styles.jump}
          onClick={() => {
            jump()
            // The button goes away, and the focus on it would go with it.
            log.current?.focus()
          }}
        >
          <ArrowDown />
          Jump to latest
        </Button>
      )}
    </div>
  )
}

/** The number of each question of the whole conversation; of an answer, the number of what it answers. */
function questionNumbers(messages: ConversationView['messages'], before: number): readonly number[] {
  let count = before
  return messages.map(({ role }) => (role === 'user' ? (count += 1) : count))
}
