import { ExternalLink } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import type { ProviderId } from '../../../core/provider'
import { request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import styles from './ProviderKeys.module.css'

interface ProviderKeysProps {
  readonly provider: ProviderId
  /** Its connections, as rows. */
  readonly children: ReactNode
}

/** The connections of one provider, and the ways to its own pages. */
export function ProviderKeys({ provider, children }: ProviderKeysProps) {
  const { name, usagePage, limitsPage, retentionPage } = providers[provider]
  const id = useId()
  const pages = [
    ['Usage', usagePage],
    ['Limits', limitsPage],
    ['Retention', retentionPage],
  ] as const
  return (
    <section className={styles.provider} aria-labelledby={id}>
      <div className={styles.head}>
        <ProviderTile provider={provider} large />
        <h2 id={id}>{name}</h2>
        <div className={styles.pages}>
          {pages.map(
            ([word, url]) =>
              url !== null && (
                <Button
                  key={word}
                  kind="quiet"
                  small
                  aria-label={`${word} at ${name}, opens in your browser`}
                  onClick={() => void request('link.open', { url })}
                >
                  {word}
                  <ExternalLink />
                </Button>
              ),
          )}
        </div>
      </div>
      <ul className={styles.list}>{children}</ul>
    </section>
  )
}
