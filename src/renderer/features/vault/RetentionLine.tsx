import { ExternalLink, Info } from 'lucide-react'
import { providerRetention } from '../../../core/provider-retention'
import type { ConnectionView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import { Details } from '../../ui/Details'
import styles from './RetentionLine.module.css'
import { retentionDetails, retentionLine } from './provider-retention-words'

/** What the provider keeps of what goes over a connection; nothing on the user's own machine. */
export function RetentionLine({ connection }: { readonly connection: ConnectionView }) {
  const retention = providerRetention(connection.provider, connection.host)
  if (retention === null) return null
  const { page } = retention
  return (
    <div className={styles.line}>
      {retentionLine(retention)}
      <Details label={`What is kept of “${connection.label}”`} icon={<Info />}>
        <div className={styles.details}>
          {retentionDetails(retention).map((text) => (
            <p key={text}>{text}</p>
          ))}
          {page !== null && (
            <Button
              small
              className={styles.page}
              aria-label={`Retention page of ${providers[connection.provider].name}, opens in your browser`}
              onClick={() => void request('link.open', { url: page })}
            >
              Retention page
              <ExternalLink />
            </Button>
          )}
        </div>
      </Details>
    </div>
  )
}
