import { Check } from 'lucide-react'
import { useId } from 'react'
import { ProviderTile } from '../../ui/ProviderTile'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import type { Card, CardId } from './provider-cards'
import styles from './ProviderCards.module.css'

interface ProviderCardsProps<Id extends CardId> {
  readonly legend: string
  readonly cards: readonly Card<Id>[]
  readonly value: CardId
  readonly onChange: (id: Id) => void
}

/** One choice among providers, as cards. */
export function ProviderCards<Id extends CardId>({ legend, cards, value, onChange }: ProviderCardsProps<Id>) {
  const name = useId()
  return (
    <fieldset className={styles.cards}>
      <legend>
        <VisuallyHidden>{legend}</VisuallyHidden>
      </legend>
      {cards.map((card) => (
        <label key={card.id} className={styles.card}>
          <input type="radio" name={name} checked={card.id === value} onChange={() => onChange(card.id)} />
          <ProviderTile provider={card.tile} large />
          <span className={styles.words}>
            <b>{card.name}</b>
            <span>{card.hint}</span>
          </span>
          {card.id === value && <Check />}
        </label>
      ))}
    </fieldset>
  )
}
