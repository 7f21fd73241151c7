import type { BudgetId } from '../../core/ids'
import type { BudgetMetView } from '../../shared/ipc/budget-views'
import type { BudgetView, ConnectionView } from '../../shared/ipc/views'
import { useChat, type Refusal } from '../features/chat/chat-store'
import { useDraftIs, type DraftKey } from '../features/chat/drafts-store'
import { useBudgets } from '../features/budgets/budgets-store'
import { connectionName } from '../features/models/options'
import { useSettings } from '../features/settings/settings-store'
import { useVault } from '../features/vault/vault-store'
import { isUsable } from '../lib/connections'
import { requestWords } from '../lib/request-words'
import { useToday } from '../lib/use-today'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { BudgetNotice } from './BudgetNotice'
import styles from './ComposerNotice.module.css'
import { destinationOf, useCostQuestion, type CostQuestion } from './cost-question'
import { CostNotice } from './CostNotice'
import { KeyLine } from './KeyLine'
import { SecretNotice } from './SecretNotice'
import { tightestBudget } from './budget-choice'
import { EarlierKeyNotice } from './EarlierKeyNotice'
import { heldSecretOf } from './held-secret'
import { draftMeant, isPassing } from './intention'
import { composerLine } from './limit-words'
import { LoopNotice } from './LoopNotice'
import { UnlockNotice } from './UnlockNotice'
import { useBudgetNames } from './use-budget-names'

interface ComposerNoticeProps {
  readonly draftKey: DraftKey
  /** Where the next message goes. */
  readonly connection: ConnectionView | null
  /** What the next message counts towards. */
  readonly budgets: readonly BudgetView[]
  /** What it would run into of them. */
  readonly meets: BudgetMetView | null
  readonly onAddKey: () => void
  /** Of the model the next message goes to. */
  readonly model: string | null
  /** Only what was said of the message itself: the rest is said elsewhere. */
  readonly refusalsAlone?: boolean
  /** What it costs is known now, and meant. */
  readonly onCostAgreed: (question: CostQuestion) => void
  readonly onSendAnyway: (refusal: Refusal) => void
  readonly onUnlocked: (refusal: Refusal | null) => void
  readonly onRedact: (refusal: Refusal) => void
  readonly onEditSecret: (refusal: Refusal) => void
  readonly onRaise: (budgetId: BudgetId) => void
  readonly onChooseModel: () => void
  /** The rule that keeps many requests from leaving unasked. */
  readonly onLoopSettings: () => void
}

/** Why a message was not accepted, or cannot be: the text below it is kept. Else how far a budget is used. */
export function ComposerNotice({
  draftKey,
  connection,
  budgets,
  meets,
  onAddKey,
  model,
  refusalsAlone = false,
  onCostAgreed,
  onSendAnyway,
  onUnlocked,
  onRedact,
  onEditSecret,
  onRaise,
  onChooseModel,
  onLoopSettings,
}: ComposerNoticeProps) {
  const refusal = useChat((state) => (state.refusal?.key === draftKey ? state.refusal : null))
  const known = useBudgets((state) => state.budgets)
  const names = useBudgetNames()
  const { atMs: nowMs } = useToday()
  const locked = useVault((state) => state.vault?.passphrase === 'locked')
  const { attempt, error } = refusal ?? {}
  const sameDraft = useDraftIs(draftKey, refusal === null ? null : draftMeant(refusal))
  // What a message may cost was said of that text, and of no other; of an answer it holds whatever is written.
  const sameOrAgain = sameDraft || attempt?.kind === 'retry'
  const question = useCostQuestion(
    draftKey,
    connection === null || model === null ? null : destinationOf({ connectionId: connection.id, model }),
  )
  const sameQuestion = useDraftIs(draftKey, question === null ? null : draftMeant(question))
  // Asked once, of somebody else than the conversation goes to.
  const once = attempt?.kind === 'retry' ? attempt.to : undefined
  const asked = useVault((state) => state.connections.find(({ id }) => id === once?.connectionId))
  const above = useSettings((state) => state.askAbove)
  const keyless = connection !== null && !isUsable(connection)
  const refused = error?.code === 'key_missing'
  if (refused || (keyless && !refusalsAlone)) {
    return (
      <Notice
        kind="warn"
        title={
          connection === null ? 'Latchkey needs a key to send a message.' : `There is no key for “${connection.label}”.`
        }
        alert={refused}
        actions={
          <Button small onClick={onAddKey}>
            Add a key
          </Button>
        }
      />
    )
  }
  // A refusal for the lock is told only while it is on.
  const waits = error?.code === 'key_locked' && sameDraft
  if (locked && connection !== null && connection.key.state === 'locked' && (waits || !refusalsAlone)) {
    return <UnlockNotice refusal={waits ? refusal : null} onUnlocked={onUnlocked} />
  }
  const held = refusal === null ? null : heldSecretOf(refusal)
  if (refusal !== null && held !== null && sameDraft) {
    return (
      <SecretNotice
        {...held}
        ways={{
          redactAndSend: () => onRedact(refusal),
          sendAnyway: () => onSendAnyway(refusal),
          edit: () => onEditSecret(refusal),
        }}
      />
    )
  }
  if (refusal !== null && connection !== null && error?.code === 'key_in_history' && sameDraft) {
    return (
      <EarlierKeyNotice
        name={connectionName(asked ?? connection)}
        ways={{
          redactAndSend: () => onRedact(refusal),
          sendAnyway: () => onSendAnyway(refusal),
          chooseModel: onChooseModel,
        }}
      />
    )
  }
  if (refusal !== null && error?.budget !== undefined && sameOrAgain) {
    const { budgetId } = error.budget
    return (
      <BudgetNotice
        refusal={error.budget}
        names={names}
        ways={{
          sendAnyway: () => onSendAnyway(refusal),
          raise: known.some(({ id }) => id === budgetId) ? onRaise : null,
          chooseModel: onChooseModel,
        }}
      />
    )
  }
  if (refusal !== null && error?.loop !== undefined && sameOrAgain) {
    return <LoopNotice refusal={error.loop} onSend={() => onSendAnyway(refusal)} onSettings={onLoopSettings} />
  }
  const limited = error?.budget !== undefined || error?.loop !== undefined
  if (refusal !== null && error !== undefined && !limited && !isPassing(refusal) && held === null) {
    return <Notice kind="danger" title={requestWords(error)} alert />
  }
  if (question !== null && sameQuestion) {
    return (
      <CostNotice
        question={question}
        above={above}
        onSend={() => onCostAgreed(question)}
        onChooseModel={onChooseModel}
      />
    )
  }
  if (refusalsAlone) return null
  const line = composerLine(tightestBudget(budgets), meets, names, nowMs)
  return (
    <>
      {connection !== null && <KeyLine connection={connection} onReplace={onAddKey} />}
      {line !== null && <p className={styles.line}>{line}</p>}
    </>
  )
}
