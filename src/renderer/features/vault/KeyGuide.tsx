import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProviderId } from '../../../core/provider'
import { request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import styles from './KeyGuide.module.css'
import { keyAdvice } from './provider-cards'

interface KeyGuideProps {
  readonly provider: ProviderId
  /** The form, which is the last of the three acts. */
  readonly children: ReactNode
}

/** How to get a key, in three acts beside the provider's own page. */
export function KeyGuide({ provider, children }: KeyGuideProps) {
  const { name, keyPage } = providers[provider]
  return (
    <ol className={styles.guide}>
      {keyPage !== null && (
        <li>
          <div className={styles.act}>
            <p>
              Open {name}’s key page, <span className={styles.address}>{keyPage.replace('https://', '')}</span>
            </p>
            <Button small onClick={() => void request('link.open', { url: keyPage })}>
              Open key page
              <ExternalLink />
            </Button>
          </div>
        </li>
      )}
      <li>
        <p>
          Create a key named <strong>Latchkey</strong>
          {keyAdvice(provider)}
        </p>
      </li>
      <li>
        <div>
          <p>Paste it here. It is never shown again.</p>
          {children}
        </div>
      </li>
    </ol>
  )
}
