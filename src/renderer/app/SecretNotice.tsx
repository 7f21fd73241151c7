import type { SecretRange } from '../../core/secret-guard'
import { SECRET_ADVICE, secretTitle } from '../features/chat/secret-words'
import { HeldMessageNotice, type HeldMessageWays } from './HeldMessageNotice'

/** The ways on from a message that is held because of a key in it. */
export interface SecretWays extends HeldMessageWays {
  readonly edit: () => void
}

interface SecretNoticeProps {
  readonly text: string
  readonly ranges: readonly SecretRange[]
  readonly ways: SecretWays
}

/** A key is on its way into a message. Nothing has left yet. */
export function SecretNotice({ text, ranges, ways }: SecretNoticeProps) {
  const other = { label: 'Edit', act: ways.edit }
  return <HeldMessageNotice title={secretTitle(text, ranges)} advice={SECRET_ADVICE} ways={ways} other={other} />
}
