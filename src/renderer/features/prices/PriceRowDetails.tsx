import { Check, Copy } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { priceChanges } from '../../../core/price-changes'
import type { PriceRowView } from '../../../shared/ipc/price-views'
import { formatDate } from '../../lib/format'
import { copyText } from '../../markdown/copy-text'
import { Link } from '../../markdown/Link'
import type { LinkActs } from '../../markdown/link-acts'
import { safeLink } from '../../markdown/link-policy'
import { IconButton } from '../../ui/IconButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import { amountWords, conditionWords, kindName } from './kind-words'
import { instantWords, pricedWords } from './price-page-words'
import styles from './PriceRowDetails.module.css'

interface PriceRowDetailsProps {
  readonly row: PriceRowView
  readonly links: LinkActs
}

/** Everything that is known of a price: each figure, where it was read, and what it has priced. */
export function PriceRowDetails({ row, links }: PriceRowDetailsProps) {
  const { aliases, from, to, sources, confidence, note, own } = row
  const figures = priceChanges(null, row)
  const always = from.startsWith('1970-01-01')
  return (
    <div className={styles.details}>
      <table className={styles.figures} aria-label={`Prices of ${row.modelName}`}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">$ per M tokens</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ kind, condition, after }) => (
            <tr key={`${kind} ${conditionWords(condition)}`}>
              <th scope="row">
                {kindName(kind)}
                {condition !== null && <span className={styles.when}>{conditionWords(condition)}</span>}
              </th>
              <td>{amountWords(kind, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.facts}>
        <Fact name="Counts">
          {always ? 'from the beginning' : `from ${instantWords(from)}`}
          {to === null ? '' : ` until ${instantWords(to)}`}
        </Fact>
        {aliases.length > 0 && <Fact name="Also for">{aliases.join(', ')}</Fact>}
        {own === null && (
          <Fact name={sources.length === 1 ? 'Source' : 'Sources'}>
            {sources.length === 0 && 'none: what runs on this computer costs nothing'}
            {sources.map(({ source, checked }) => (
              <span key={source} className={styles.source}>
                <Source source={source} links={links} />{' '}
                <span className={styles.when}>checked {formatDate(checked)}</span>
              </span>
            ))}
          </Fact>
        )}
        {own === null && <Fact name="Confidence">{confidence}</Fact>}
        {note !== '' && <Fact name="Note">{note}</Fact>}
        <Fact name="Priced">{pricedWords(row)}</Fact>
        <Fact name="Price id">
          <PriceIdentity id={row.id} />
        </Fact>
      </dl>
    </div>
  )
}

/** Where a price was read: a page, or what it was read in. */
export function Source({ source, links }: { readonly source: string; readonly links: LinkActs }) {
  const link = safeLink(source)
  if (link === null) return <span>{source}</span>
  return (
    <Link link={link} acts={links}>
      {link.leadsTo}
    </Link>
  )
}

function PriceIdentity({ id }: { readonly id: string }) {
  const [said, setSaid] = useState<string | null>(null)
  return (
    <span className={styles.identity}>
      <code>{id}</code>
      <IconButton
        label={said ?? 'Copy price id'}
        onClick={() => setSaid(copyText(id) ? 'Copied' : 'Could not copy')}
        onBlur={() => setSaid(null)}
      >
        {said === 'Copied' ? <Check /> : <Copy />}
      </IconButton>
      <output>
        <VisuallyHidden>{said}</VisuallyHidden>
      </output>
    </span>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
