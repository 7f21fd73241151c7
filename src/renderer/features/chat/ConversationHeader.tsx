import type { ReactNode } from 'react'
import type { CostView } from '../../../shared/ipc/views'
import { costFigure, costTitle } from '../../lib/cost-words'
import styles from './ConversationHeader.module.css'

interface ConversationHeaderProps {
  readonly title: string
  /** Everything the conversation has cost; null before its first message. */
  readonly spend: CostView | null
  readonly leading?: ReactNode
  /** The model picker. */
  readonly children: ReactNode
  /** What can be set for this conversation alone. */
  readonly options?: ReactNode
}

/** The bar above a conversation: its title, its model, what it has cost. */
export function ConversationHeader({ title, spend, leading, children, options }: ConversationHeaderProps) {
  return (
    <header className={styles.header}>
      {leading}
      <h1 className={styles.title} title={title} dir="auto">
        {title}
      </h1>
      {children}
      {spend !== null && (
        <span className={styles.total} title={`All versions of all answers: ${costTitle(spend)}`}>
          {costFigure(spend)}
        </span>
      )}
      {options}
    </header>
  )
}
