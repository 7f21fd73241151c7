import type { ProviderId } from '../../core/provider'
import { classNames } from '../lib/class-names'
import { providers } from '../lib/providers'
import styles from './ProviderTile.module.css'

/** A provider's letter on its colour. Decoration: its name is always beside it. */
export function ProviderTile({ provider, large = false }: { readonly provider: ProviderId; readonly large?: boolean }) {
  return (
    <span aria-hidden="true" className={classNames(styles.tile, styles[provider], large && styles.large)}>
      {providers[provider].letter}
    </span>
  )
}
