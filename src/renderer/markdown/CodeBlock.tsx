import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from '../ui/IconButton'
import { VisuallyHidden } from '../ui/VisuallyHidden'
import styles from './CodeBlock.module.css'
import { copyText } from './copy-text'
import { Scroller } from './Scroller'

const CONFIRMED_MS = 2_000

interface CodeBlockProps {
  readonly code: string
  /** As the model names it; may be empty. */
  readonly language: string
}

/** Code: as it was written, from left to right, with a way to take it. */
export function CodeBlock({ code, language }: CodeBlockProps) {
  const [outcome, setOutcome] = useState<{ readonly copied: boolean } | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), CONFIRMED_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const said = outcome === null ? '' : outcome.copied ? 'Copied' : 'Could not copy'
  return (
    <div className={styles.block} dir="ltr">
      <div className={styles.head}>
        <span className={styles.language}>{language}</span>
        <IconButton label={said === '' ? 'Copy code' : said} onClick={() => setOutcome({ copied: copyText(code) })}>
          {outcome?.copied === true ? <Check /> : <Copy />}
        </IconButton>
        <output>
          <VisuallyHidden>{said}</VisuallyHidden>
        </output>
      </div>
      <Scroller className={styles.scroller} label={language === '' ? 'Code' : `Code, ${language}`}>
        <pre className={styles.code}>
          <code>{code}</code>
        </pre>
      </Scroller>
    </div>
  )
}
