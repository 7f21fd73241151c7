import { EARLIER_KEY_ADVICE, earlierKeyTitle } from '../features/chat/secret-words'
import { HeldMessageNotice, type HeldMessageWays } from './HeldMessageNotice'

/** The ways on from a message whose conversation holds a key. */
export interface EarlierKeyWays extends HeldMessageWays {
  readonly chooseModel: () => void
}

interface EarlierKeyNoticeProps {
  /** The connection that has not been sent the key. */
  readonly name: string
  readonly ways: EarlierKeyWays
}

/** A key in earlier messages would go to a connection that it was not sent to. Nothing has left yet. */
export function EarlierKeyNotice({ name, ways }: EarlierKeyNoticeProps) {
  const other = { label: 'Choose another model', act: ways.chooseModel }
  return <HeldMessageNotice title={earlierKeyTitle(name)} advice={EARLIER_KEY_ADVICE} ways={ways} other={other} />
}
