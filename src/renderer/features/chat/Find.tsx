import { ChevronDown, ChevronUp, Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { MessageId } from '../../../core/ids'
import type { ConversationView } from '../../../shared/ipc/views'
import { needleOf } from '../../lib/find-text'
import { unlessComposing } from '../../lib/ime'
import { IconButton } from '../../ui/IconButton'
import { findWords, hitAfter, nearestHit, numberOf, totalOf, type Hit } from './find-hits'
import styles from './Find.module.css'
import { bringIntoView, markFound, rangesIn, unmarkFound } from './found-marks'
import { messagesIn } from './KeepPlace'
import type { Range as Mounted } from './mounted'
import { useHits } from './use-hits'

interface FindProps {
  readonly conversation: Pick<ConversationView, 'messages' | 'older'>
  readonly mounted: Mounted
  readonly log: RefObject<HTMLElement | null>
  readonly content: RefObject<HTMLElement | null>
  readonly field: RefObject<HTMLInputElement | null>
  /** Loads more of what comes before; null while that goes on, and after it failed. */
  readonly loadMore: (() => void) | null
  /** Asks for them again after it failed; null while it has not. */
  readonly onRetry: (() => void) | null
  /** Puts a message on the page; the reader goes there. */
  readonly onShow: (place: number) => void
  readonly onClose: () => void
}

/** Finds words in the whole conversation, loaded or not, and goes from one to the next. */
export function Find({ conversation, mounted, log, content, field, loadMore, onRetry, onShow, onClose }: FindProps) {
  const { messages, older } = conversation
  const [query, setQuery] = useState('')
  const [hit, setHit] = useState<Hit | null>(null)
  /** Where the reader is: what is looked for is looked for from there. */
  const origin = useRef<MessageId | null>(null)
  const toScroll = useRef(false)
  const needle = needleOf(query)
  const hits = useHits(messages, needle)
  const { counts } = hits
  const done = hits.done && older === 0
  const total = totalOf(counts)
  const now = hit !== null && numberOf(counts, hit) !== null ? hit : null

  function go(next: Hit | null): void {
    if (next === null) return
    origin.current = next.messageId
    toScroll.current = true
    setHit(next)
    onShow(older + messages.findIndex(({ id }) => id === next.messageId))
  }
  const step = (by: 1 | -1) => {
    onRetry?.()
    go(now === null ? nearestHit(counts, origin.current) : hitAfter(counts, now, by))
  }

  useLayoutEffect(() => {
    const first = content.current === null ? undefined : firstSeen(content.current, log.current)
    origin.current = messages[mounted.start - older + (first ?? 0)]?.id ?? null
    // oxlint-disable-next-line react/exhaustive-deps -- Where the reader is when it opens.
  }, [])

  useEffect(() => field.current?.focus(), [field])

  // What is not loaded is looked through as well.
  const more = needle !== '' && older > 0 ? loadMore : null
  useEffect(() => more?.(), [more])

  const pick = useEffectEvent(() => go(nearestHit(counts, origin.current)))
  const isDue = needle !== '' && now === null && total > 0 && hits.done
  useEffect(() => {
    if (isDue) pick()
  }, [isDue, needle])

  // Ranges go with the nodes they lie in, until the page makes others of the same words: code that is coloured, say.
  const known = useRef({ needle: '', ranges: new WeakMap<Element, readonly Range[]>() })
  const mark = useEffectEvent((changed: readonly MutationRecord[]) => {
    const { current: inner } = content
    const { current: scroller } = log
    if (inner === null || scroller === null) return
    if (known.current.needle !== needle) known.current = { needle, ranges: new WeakMap() }
    const { ranges } = known.current
    for (const { target } of changed) {
      const message = (target instanceof Element ? target : target.parentElement)?.closest('article')
      if (message !== null && message !== undefined) ranges.delete(message)
    }
    let current: Range | null = null
    const found = messagesIn(inner).flatMap((element, index) => {
      const place = mounted.start - older + index
      if ((counts[place]?.count ?? 0) === 0) return []
      const own = ranges.get(element) ?? rangesIn(element, needle)
      ranges.set(element, own)
      if (now !== null && messages[place]?.id === now.messageId) current = own[now.nth] ?? null
      return own
    })
    markFound(found, current)
    if (current === null || !toScroll.current) return
    toScroll.current = false
    bringIntoView(current, scroller)
  })
  const changes = useRef<MutationObserver | null>(null)
  useLayoutEffect(() => {
    if (content.current === null) return undefined
    changes.current = new MutationObserver((records) => mark(records))
    changes.current.observe(content.current, { childList: true, characterData: true, subtree: true })
    return () => changes.current?.disconnect()
  }, [content])
  useLayoutEffect(() => {
    mark(changes.current?.takeRecords() ?? [])
  }, [counts, messages, mounted.start, mounted.end, needle, now, older])
  useEffect(() => unmarkFound, [])

  // Before the window's own Escape, which would stop an answer.
  const close = useEffectEvent(onClose)
  useEffect(() => {
    const { current: element } = log
    const press = unlessComposing((event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      close()
    })
    element?.addEventListener('keydown', press)
    return () => element?.removeEventListener('keydown', press)
  }, [log])

  const press = unlessComposing((event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      return onClose()
    }
    if (event.target !== field.current) return
    const by = event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey) ? 1 : -1
    if (event.key !== 'Enter' && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    step(by)
  })

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes it from each of its controls.
    <search className={styles.bar} aria-label="Find in conversation" onKeyDown={press}>
      <Search className={styles.icon} />
      <input
        ref={field}
        className={styles.field}
        type="text"
        aria-label="Find in conversation"
        placeholder="Find in conversation"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={500}
        value={query}
        onChange={({ target }) => {
          setQuery(target.value)
          setHit(null)
        }}
      />
      <output className={styles.count}>
        {needle === '' ? '' : findWords(counts, now, done ? 'done' : onRetry === null ? 'going' : 'failed')}
      </output>
      <IconButton label="Previous match" disabled={total === 0 && onRetry === null} onClick={() => step(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton label="Next match" disabled={total === 0 && onRetry === null} onClick={() => step(1)}>
        <ChevronDown />
      </IconButton>
      <IconButton label="Close find" onClick={onClose}>
        <X />
      </IconButton>
    </search>
  )
}

/** The first message that is seen, among those on the page. */
function firstSeen(content: HTMLElement, log: HTMLElement | null): number | undefined {
  const top = log?.getBoundingClientRect().top ?? 0
  const index = messagesIn(content).findIndex((element) => element.getBoundingClientRect().bottom > top)
  return index < 0 ? undefined : index
}
