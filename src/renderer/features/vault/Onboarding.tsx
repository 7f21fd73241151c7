import { Lock } from 'lucide-react'
import { useState } from 'react'
import type { ProviderId } from '../../../core/provider'
import { hostOf, providers } from '../../lib/providers'
import { Button } from '../../ui/Button'
import { AddKeyForm } from './AddKeyForm'
import { isUsable } from '../../lib/connections'
import { freshLabel } from './connection-choice'
import { ConnectForm } from './ConnectForm'
import { KeyGuide } from './KeyGuide'
import { waitingConnection } from './key-requests'
import { connectingWords, keepingWords } from './key-words'
import styles from './Onboarding.module.css'
import { CARDS, groupOf, MEMBERS, providerOf } from './provider-cards'
import { ProviderCards } from './ProviderCards'
import { useVault } from './vault-store'

interface OnboardingProps {
  /** `Skip for now` at the start, `Back` where the user came from another page. */
  readonly leaveLabel: string
  readonly onLeave: () => void
  readonly onAdded: () => void
}

/** Adding a connection: who answers, then the key or the address. */
export function Onboarding({ leaveLabel, onLeave, onAdded }: OnboardingProps) {
  const vault = useVault((state) => state.vault)
  // Read once: the page keeps its words and its fields while a connection is being made under it.
  const [before] = useState(() => useVault.getState().connections)
  const [provider, setProvider] = useState<ProviderId>(waitingConnection(before)?.provider ?? 'anthropic')
  const waiting = waitingConnection(before, provider)
  const face = providers[provider]
  const [forSession, setForSession] = useState(false)
  const [entered, setEntered] = useState<string | null>(null)
  const baseUrl = entered ?? waiting?.baseUrl ?? ''
  const group = groupOf(provider)
  const label = waiting?.label ?? freshLabel(provider, before)

  function choose(chosen: ProviderId): void {
    setEntered(null)
    setProvider(chosen)
  }

  const host = hostOf(baseUrl === '' ? face.baseUrl : baseUrl)
  return (
    <div className={styles.onboarding}>
      <header className={styles.strip}>
        <Button kind="quiet" small onClick={onLeave}>
          {leaveLabel}
        </Button>
      </header>
      <main className={styles.sheet}>
        <h1 className={styles.title}>{before.some(isUsable) ? 'Add a connection' : 'Add your first key'}</h1>
        <p className={styles.intro}>Choose a provider. You can add more later, or use a local model without a key.</p>
        <ProviderCards
          legend="Provider"
          cards={CARDS}
          value={group ?? provider}
          onChange={(card) => choose(providerOf(card))}
        />
        {group !== null && (
          <ProviderCards
            key={group}
            legend={group === 'local' ? 'Local server' : 'More providers'}
            cards={MEMBERS[group]}
            value={provider}
            onChange={choose}
          />
        )}
        <div className={styles.form}>
          {face.key === 'required' ? (
            <KeyGuide provider={provider}>
              <AddKeyForm
                provider={provider}
                label={label}
                baseUrl={waiting?.baseUrl ?? ''}
                onBaseUrl={setEntered}
                forSession={forSession}
                onForSession={setForSession}
                onProvider={choose}
                onAdded={onAdded}
              />
            </KeyGuide>
          ) : (
            <ConnectForm
              key={provider}
              provider={provider}
              label={label}
              onBaseUrl={setEntered}
              forSession={forSession}
              onForSession={setForSession}
              onAdded={onAdded}
            />
          )}
        </div>
        {vault !== null && (
          <p className={styles.keeping}>
            <Lock />
            {face.local ? connectingWords(host) : keepingWords(vault, host, forSession)}
          </p>
        )}
      </main>
    </div>
  )
}
