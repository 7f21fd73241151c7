import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import type { ConnectionId } from '../../../core/ids'
import type { ProviderId } from '../../../core/provider'
import type { PriceRowView, UnpricedView } from '../../../shared/ipc/price-views'
import { formatCounted } from '../../lib/format'
import { providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'
import type { LinkActs } from '../../markdown/link-acts'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Segments } from '../../ui/Segments'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { usePriceBook } from './price-book-store'
import {
  concernsUse,
  inPlaceOf,
  isInUse,
  providersOf,
  shownRows,
  upcomingChanges,
  type PriceFilter,
} from './price-list'
import type { PriceAsk } from './price-subject'
import { inSentence, sinceWords } from './price-words'
import { PriceTable } from './PriceTable'
import styles from './PricesPage.module.css'
import { RemovePriceDialog } from './RemovePriceDialog'
import { UnpricedCalls } from './UnpricedCalls'
import { UpcomingChanges } from './UpcomingChanges'
import type { PriceTarget } from './use-target'
import { YourPrices } from './YourPrices'

/** Stands for no filter; no provider has this name. */
const ANY = '*'
const NOTHING: readonly PriceRowView[] = []

interface PricesPageProps {
  readonly leading?: ReactNode
  /** The id of the price somebody has followed here; null for none. */
  readonly at: string | null
  readonly links: LinkActs
  /** Null for a connection that is gone. */
  readonly connectionName: (id: ConnectionId) => string | null
  readonly onSetPrice: (ask: PriceAsk, focusAfter: () => HTMLElement | null) => void
  readonly onCalls: (unpriced: UnpricedView) => void
}

/** Every price: what counts, since when, where it was read, what will change, and what has none. */
export function PricesPage({ leading, at, links, connectionName, onSetPrice, onCalls }: PricesPageProps) {
  const { book, error, load, leave } = usePriceBook()
  const [filter, setFilter] = useState<PriceFilter>({ scope: 'used', provider: null, search: '' })
  const [open, setOpen] = useState<string | null>(null)
  const [target, setTarget] = useState<PriceTarget | null>(null)
  const [wanted, setWanted] = useState(at)
  const [removing, setRemoving] = useState<PriceRowView | null>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => {
    void load()
    return leave
  }, [load, leave])

  const rows = book?.rows ?? NOTHING
  const atMs = book?.atMs ?? 0
  const { scope } = filter
  // Whoever follows a price here sees it, whatever was looked for.
  function reveal(priceId: string): void {
    const row = rows.find((each) => each.id === priceId)
    if (row === undefined) return
    setOpen(priceId)
    setTarget({ id: priceId })
    if (row.own !== null || shownRows(rows, filter, atMs).includes(row)) return
    setFilter({ scope: isInUse(row) ? scope : 'all', provider: null, search: '' })
  }
  if (book !== null && wanted !== null) {
    setWanted(null)
    reveal(wanted)
  }
  const shown = useMemo(() => shownRows(rows, filter, atMs), [rows, filter, atMs])
  const upcoming = useMemo(
    () => upcomingChanges(rows, atMs).filter((change) => scope === 'all' || concernsUse(change)),
    [rows, atMs, scope],
  )
  const own = rows.filter((row) => row.own !== null)

  const notesOf = (row: PriceRowView): string[] =>
    inPlaceOf(row, own, atMs).map(
      (price) => `Yours counts instead at ${nameOf(price.own?.connectionId)}: ${inSentence(sinceWords(price))}`,
    )
  const nameOf = (connection: ConnectionId | undefined): string =>
    (connection === undefined ? null : connectionName(connection)) ?? 'a removed connection'

  const actsOf = (row: PriceRowView): ReactNode => (
    <div className={styles.acts}>
      {row.usedBy.map((connectionId) => (
        <Button
          key={connectionId}
          small
          onClick={(event) => {
            const asking = event.currentTarget
            onSetPrice({ connectionId, model: row.model, modelName: row.modelName }, () => asking)
          }}
        >
          Set your own at {nameOf(connectionId)}…
        </Button>
      ))}
    </div>
  )

  return (
    <Page title="Prices" leading={leading}>
      <p className={styles.about}>
        What tokens cost, from when to when, and where it was read. A price never changes what was booked before.
      </p>
      {error !== null && (
        <Notice
          kind="danger"
          title="The prices could not be read."
          actions={<Button onClick={() => void load()}>Try again</Button>}
        >
          {requestWords(error)}
        </Notice>
      )}
      {book !== null && (
        <div className={styles.page}>
          <UnpricedCalls
            unpriced={book.unpriced}
            onCalls={onCalls}
            onSetPrice={({ connectionId, model, modelName, since }, focusAfter) =>
              onSetPrice({ connectionId, model, modelName, from: since }, focusAfter)
            }
          />
          <YourPrices
            own={own}
            rows={rows}
            atMs={atMs}
            links={links}
            connectionName={nameOf}
            open={open}
            onOpen={setOpen}
            target={target}
            onTarget={reveal}
            onRemove={setRemoving}
          />
          <UpcomingChanges upcoming={upcoming} atMs={atMs} />
          <section aria-labelledby={id}>
            <h2 id={id} ref={title} tabIndex={-1} className={styles.title}>
              {scope === 'used' ? 'Prices in use' : 'All prices'}
            </h2>
            <div className={styles.tools}>
              <Segments
                label="Which prices"
                value={scope}
                onChange={(next) => setFilter({ ...filter, scope: next })}
                options={[
                  { value: 'used', label: 'In use' },
                  { value: 'all', label: 'All' },
                ]}
              />
              <Select
                label="Provider"
                value={filter.provider ?? ANY}
                options={[
                  { value: ANY, label: 'All providers' },
                  ...providersOf(rows).map((value) => ({ value, label: providers[value].name })),
                ]}
                onChange={(value) => setFilter({ ...filter, provider: value === ANY ? null : (value as ProviderId) })}
              />
              <TextField
                label="Find a model"
                value={filter.search}
                onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
              />
            </div>
            <output className={styles.count}>
              {shown.length > 0 && `${formatCounted(shown.length, 'price', 'prices')}, $ per M tokens`}
            </output>
            {shown.length > 0 ? (
              <PriceTable
                rows={shown}
                atMs={atMs}
                links={links}
                open={open}
                onOpen={setOpen}
                target={target}
                notesOf={notesOf}
                actsOf={actsOf}
              />
            ) : (
              <p className={styles.about}>
                {scope === 'used' && !rows.some((row) => row.own === null && isInUse(row))
                  ? 'No listed price is in use: no connection offers a model the book knows, and no call was priced by it.'
                  : 'No such price is there.'}
              </p>
            )}
          </section>
        </div>
      )}
      <RemovePriceDialog
        price={removing}
        instead={rows.find((row) => row.id === removing?.own?.insteadOf) ?? null}
        atMs={atMs}
        onClose={() => setRemoving(null)}
        focusAfterRef={title}
      />
    </Page>
  )
}
