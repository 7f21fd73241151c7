import { Combobox } from '@base-ui/react/combobox'
import { AudioLines, Brain, Check, FileText, Globe, Image, Star, Video, Wrench, type LucideIcon } from 'lucide-react'
import type { Capability } from '../../../core/model'
import type { ModelEstimateView } from '../../../shared/ipc/views'
import { classNames } from '../../lib/class-names'
import { ProviderTile } from '../../ui/ProviderTile'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { CAPABILITY_WORDS, contextWords, estimateWords } from './model-words'
import styles from './ModelOptionRow.module.css'
import type { ModelOption } from './options'
import { isDoubtful, priceWords } from './prices'

interface ModelOptionRowProps {
  readonly option: ModelOption
  /** Whether the section does not say whose it is. */
  readonly showsConnection: boolean
  readonly favourite: boolean
  /** What sending would cost on it; undefined while nobody knows. */
  readonly estimate: ModelEstimateView | undefined
  /** What it would run into of the budgets, in a few words; empty for nothing. */
  readonly meets: string
  readonly onToggleFavourite: () => void
}

const ICONS: Readonly<Record<Capability, LucideIcon>> = {
  image: Image,
  pdf: FileText,
  audio: AudioLines,
  video: Video,
  tools: Wrench,
  reasoning: Brain,
  web_search: Globe,
}

/** A model to choose: what it is called, what it costs, how much it reads, what else it can do. */
export function ModelOptionRow({
  option,
  showsConnection,
  favourite,
  estimate,
  meets,
  onToggleFavourite,
}: ModelOptionRowProps) {
  const { model } = option
  return (
    <Combobox.Item value={option} className={styles.item}>
      <ProviderTile provider={model.provider} />
      <span className={styles.name} title={model.id}>
        {model.name}
      </span>{' '}
      <span className={styles.price}>{priceWords(model)}</span>
      {/* The pointer's own way; keyboard and screen readers have the button below the list. */}
      <span
        aria-hidden="true"
        className={styles.star}
        data-on={favourite || undefined}
        onMouseUp={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation()
          onToggleFavourite()
        }}
      >
        <Star />
      </span>
      <Combobox.ItemIndicator className={styles.check}>
        <Check />
      </Combobox.ItemIndicator>{' '}
      <span className={styles.facts}>
        {showsConnection && <span className={styles.connection}>{option.connectionLabel} </span>}
        {model.contextTokens !== null && (
          <span title="How much it can read, in tokens">
            {contextWords(model.contextTokens)} <VisuallyHidden>context </VisuallyHidden>
          </span>
        )}
        {/* Before what may be cut off in little room. */}
        {isDoubtful(model) && <span className={styles.doubt}>price uncertain </span>}
        {model.capabilities.map((capability) => {
          const Icon = ICONS[capability]
          return (
            <span key={capability} title={CAPABILITY_WORDS[capability]} className={styles.capability}>
              <Icon />
              <VisuallyHidden>{CAPABILITY_WORDS[capability]} </VisuallyHidden>
            </span>
          )
        })}
      </span>{' '}
      {estimate !== undefined && (
        <span className={classNames(styles.estimate, !estimate.fits && styles.doubt)}>
          {estimateWords(estimate)}
          {meets !== '' && (
            <span className={styles.meets}>
              {estimateWords(estimate) === '' ? '' : ' · '}
              {meets}
            </span>
          )}
        </span>
      )}
    </Combobox.Item>
  )
}
