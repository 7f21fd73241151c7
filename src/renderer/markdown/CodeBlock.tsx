import { Check, Copy, WrapText } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { classNames } from '../lib/class-names'
import { IconButton } from '../ui/IconButton'
import { VisuallyHidden } from '../ui/VisuallyHidden'
import { Code } from './Code'
import styles from './CodeBlock.module.css'
import { copyText } from './copy-text'
import { useHighlight } from './highlight/use-highlight'
import { Scroller } from './Scroller'

const CONFIRMED_MS = 2_000
/** Lines shorter than this fit beside any sidebar. */
const LONG_LINE = /[^\n]{60}/

interface CodeBlockProps {
  readonly code: string
  /** As the model names it; may be empty. */
  readonly language: string
  /** False while it is being written. */
  readonly complete: boolean
}

/** Code: as it was written, from left to right, with a way to take it. */
export function CodeBlock({ code, language, complete }: CodeBlockProps) {
  const block = useRef<HTMLDivElement>(null)
  const runs = useHighlight(code, language, complete, block)
  const [wrapped, setWrapped] = useState(false)
  const [outcome, setOutcome] = useState<{ readonly copied: boolean } | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const said = outcome === null ? '' : outcome.copied ? 'Copied' : 'Could not copy'
  return (
    <div ref={block} className={styles.block} dir="ltr">
      <div className={styles.head} data-control="">
        <span className={styles.language}>{language}</span>
        {LONG_LINE.test(code) ? (
          <IconButton label="Wrap lines" aria-pressed={wrapped} onClick={() => setWrapped(!wrapped)}>
            <WrapText />
          </IconButton>
        ) : null}
        <IconButton label={said === '' ? 'Copy code' : said} onClick={() => setOutcome({ copied: copyText(code) })}>
          {outcome?.copied === true ? <Check /> : <Copy />}
        </IconButton>
        <output>
          <VisuallyHidden>{said}</VisuallyHidden>
        </output>
      </div>
      <Scroller className={styles.scroller} label={language === '' ? 'Code' : `Code, ${language}`}>
        <pre className={classNames(styles.code, wrapped && styles.wrapped)}>
          <Code code={code} runs={runs} />
        </pre>
      </Scroller>
    </div>
  )
}
