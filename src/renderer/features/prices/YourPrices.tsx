import { useId, useRef, useState } from 'react'
import type { ConnectionId } from '../../../core/ids'
import type { OwnRowView, PriceRowView } from '../../../shared/ipc/price-views'
import { classNames } from '../../lib/class-names'
import { formatDay } from '../../lib/format'
import { useToday } from '../../lib/use-today'
import type { LinkActs } from '../../markdown/link-acts'
import { Button } from '../../ui/Button'
import { Disclosure } from '../../ui/Disclosure'
import { ProviderTile } from '../../ui/ProviderTile'
import { TextButton } from '../../ui/TextButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { pricedWords } from './price-page-words'
import { monthWords, ratesWords, sinceWords } from './price-words'
import styles from './PriceLists.module.css'
import { PriceRowDetails } from './PriceRowDetails'
import { useTarget, type PriceTarget } from './use-target'

interface YourPricesProps {
  /** Own prices, those that were removed after they priced something included. */
  readonly own: readonly PriceRowView[]
  readonly rows: readonly PriceRowView[]
  readonly atMs: number
  readonly links: LinkActs
  readonly connectionName: (id: ConnectionId) => string | null
  /** The id of the row that is looked into. */
  readonly open: string | null
  readonly onOpen: (id: string | null) => void
  /** The row to go to, and a wish to go to one. */
  readonly target: PriceTarget | null
  readonly onTarget: (id: string) => void
  readonly onRemove: (row: PriceRowView) => void
}

/** The prices of the user's own, what each counts instead of, and what it has settled. */
export function YourPrices({ own, ...rest }: YourPricesProps) {
  const id = useId()
  const [past, setPast] = useState(false)
  const counting = own.filter((row) => row.own?.removedMs === null)
  const removed = own.filter((row) => row.own !== null && row.own.removedMs !== null)
  // One that is gone may be what somebody followed here.
  const shown = past || removed.some((row) => row.id === rest.open)
  return (
    <section className={classNames(styles.section, own.length === 0 && styles.empty)} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        Your prices
      </h2>
      {counting.length === 0 && (
        <p className={styles.quiet}>
          None is set. A price of your own counts for one connection, in the place of the book: for a model the book
          does not know, or a discount.
        </p>
      )}
      <List own={counting} {...rest} />
      {removed.length > 0 && (
        <Disclosure
          label={`Prices that count no more (${removed.length})`}
          open={shown}
          onOpen={(next) => {
            setPast(next)
            if (!next && removed.some((row) => row.id === rest.open)) rest.onOpen(null)
          }}
        >
          <List own={removed} {...rest} />
        </Disclosure>
      )}
    </section>
  )
}

function List({ own, ...rest }: YourPricesProps) {
  if (own.length === 0) return null
  return (
    <ul className={styles.list}>
      {own.map((row) => row.own !== null && <Item key={row.id} row={row} own={row.own} {...rest} />)}
    </ul>
  )
}

type ItemProps = Omit<YourPricesProps, 'own'> & { readonly row: PriceRowView; readonly own: OwnRowView }

function Item({ row, own, rows, links, connectionName, open, onOpen, target, onTarget, onRemove }: ItemProps) {
  const today = useToday()
  const place = useRef<HTMLLIElement>(null)
  useTarget(target, row.id, place)
  const { createdMs, removedMs, insteadOf, settled, connectionId } = own
  const instead = removedMs === null ? rows.find(({ id }) => id === insteadOf) : undefined
  return (
    <li ref={place} className={styles.row} tabIndex={-1}>
      <ProviderTile provider={row.provider} />
      <div className={styles.words}>
        <p className={styles.name}>
          <bdi>{row.modelName}</bdi>{' '}
          <span className={styles.at}>
            at <bdi>{connectionName(connectionId)}</bdi>
          </span>
        </p>
        <p>
          {ratesWords(row)} per M. {sinceWords(row)}
          {instead !== undefined && (
            <>
              , instead of{' '}
              <TextButton onClick={() => onTarget(instead.id)}>{ratesWords(instead)} of the book</TextButton>
            </>
          )}
          .
        </p>
        <p className={styles.facts}>
          Set {formatDay(createdMs, today.atMs)}
          {removedMs !== null && `, removed or replaced ${formatDay(removedMs, today.atMs)}`}. {pricedWords(row)}.
        </p>
        {settled.length > 0 && (
          <p className={styles.facts}>Settled afterwards: {settled.map(monthWords).join('; ')}.</p>
        )}
        <Disclosure label="Details" open={open === row.id} onOpen={(next) => onOpen(next ? row.id : null)}>
          <PriceRowDetails row={row} links={links} />
        </Disclosure>
      </div>
      {removedMs === null && (
        <div className={styles.acts}>
          <Button small kind="quiet" onClick={() => onRemove(row)}>
            Remove…
            <VisuallyHidden>
              {' '}
              {ratesWords(row)} of {row.modelName}
            </VisuallyHidden>
          </Button>
        </div>
      )}
    </li>
  )
}
