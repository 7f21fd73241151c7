import type { ReactNode } from 'react'
import styles from './CodeBlock.module.css'
import type { Run } from './highlight/runs'

interface CodeProps {
  readonly code: string
  readonly runs: readonly Run[] | null
}

/** Code in its colours: the very characters that were written, cut where a colour changes. */
export function Code({ code, runs }: CodeProps) {
  return <code>{runs === null ? code : colours(code, runs)}</code>
}

function colours(code: string, runs: readonly Run[]): ReactNode[] {
  let at = 0
  return runs.map(([length, kind], index) => {
    const text = code.slice(at, at + length)
    at += length
    // oxlint-disable-next-line react/no-array-index-key -- Runs have no identity but their place.
    return kind === 'plain' ? (
      text
    ) : (
      <span key={index} className={styles[kind]}>
        {text}
      </span>
    )
  })
}
