import { Info, TriangleAlert } from 'lucide-react'
import type { CostNote } from '../lib/cost-notes'
import styles from './CostMark.module.css'
import { Details } from './Details'

interface CostMarkProps {
  /** Every digit, and the tokens. */
  readonly exact: string
  readonly notes: readonly CostNote[]
}

/** A mark beside a cost about which something should be known; nothing beside any other. */
export function CostMark({ exact, notes }: CostMarkProps) {
  if (notes.length === 0) return null
  const doubtful = notes.some(({ kind }) => kind === 'doubt')
  return (
    <Details
      label={doubtful ? 'Why this cost may differ' : 'About this cost'}
      icon={doubtful ? <TriangleAlert /> : <Info />}
      className={doubtful ? styles.doubt : styles.note}
    >
      <p className={styles.exact}>{exact}</p>
      {notes.map(({ text }) => (
        <p key={text} className={styles.text}>
          {text}
        </p>
      ))}
    </Details>
  )
}
