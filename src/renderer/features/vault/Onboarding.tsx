import { ExternalLink, Lock } from 'lucide-react'
import { providers, hostOf } from '../../lib/providers'
import { request } from '../../bridge/client'
import { useState } from 'react'
import { Button } from '../../ui/Button'
import { ProviderTile } from '../../ui/ProviderTile'
import { AddKeyForm } from './AddKeyForm'
import { hasKey } from './connection-choice'
import { waitingConnection } from './key-requests'
import { keepingWords } from './key-words'
import styles from './Onboarding.module.css'
import { useVault } from './vault-store'

const PROVIDER = 'anthropic'

interface OnboardingProps {
  /** `Skip for now` at the start, `Back` where the user came from another page. */
  readonly leaveLabel: string
  readonly onLeave: () => void
  readonly onAdded: () => void
}

/** Adding a key in three acts, beside the provider's own page. */
export function Onboarding({ leaveLabel, onLeave, onAdded }: OnboardingProps) {
  const vault = useVault((state) => state.vault)
  const first = !useVault((state) => state.connections.some(hasKey))
  // Read once: the form keeps its fields while a connection is being made under it.
  const [waiting] = useState(() => waitingConnection(useVault.getState().connections))
  const face = providers[PROVIDER]
  const [baseUrl, setBaseUrl] = useState(waiting?.baseUrl ?? face.baseUrl)
  return (
    <div className={styles.onboarding}>
      <header className={styles.strip}>
        <Button kind="quiet" small onClick={onLeave}>
          {leaveLabel}
        </Button>
      </header>
      <main className={styles.sheet}>
        <h1 className={styles.title}>{first ? 'Add your first key' : 'Add a key'}</h1>
        <p className={styles.provider}>
          <ProviderTile provider={PROVIDER} large />
          <span>
            <b>{face.name}</b>
            <span>{face.models}</span>
          </span>
        </p>
        <ol className={styles.guide}>
          <li>
            <div className={styles.act}>
              <p>
                Open {face.name}’s key page, <span className={styles.address}>{addressOf(face.keyPage)}</span>
              </p>
              <Button small onClick={() => void request('link.open', { url: face.keyPage })}>
                Open key page
                <ExternalLink />
              </Button>
            </div>
          </li>
          <li>
            <p>
              Create a key named <strong>Latchkey</strong>. Pick an expiry date and set a spend limit on its workspace.
            </p>
          </li>
          <li>
            <div>
              <p>Paste it here. It is never shown again.</p>
              <AddKeyForm
                provider={PROVIDER}
                label={waiting?.label ?? 'Personal'}
                baseUrl={waiting?.baseUrl ?? ''}
                onBaseUrl={setBaseUrl}
                onAdded={onAdded}
              />
            </div>
          </li>
        </ol>
        {vault !== null && (
          <p className={styles.keeping}>
            <Lock />
            {keepingWords(vault, hostOf(baseUrl === '' ? face.baseUrl : baseUrl))}
          </p>
        )}
      </main>
    </div>
  )
}

function addressOf(url: string): string {
  return url.replace('https://', '')
}
