import { useEffect, useRef, useState } from 'react'
import { PROVIDERS, type ProviderId } from '../../../core/provider'
import type { DeletedEverythingView } from '../../../shared/ipc/data-views'
import { requestWords } from '../../lib/request-words'
import { request } from '../../bridge/client'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { addressWords, providerTitle, removedFacts } from './data-words'
import styles from './DeletedEverything.module.css'
import { WordList } from './WordList'

/** What went and what is beyond Latchkey, said from the answer alone: there is nothing else left to say it from. */
export function DeletedEverything({ erased }: { readonly erased: DeletedEverythingView }) {
  const { filesLeft, keysAt, sentTo, keychainEntry } = erased
  const [failed, setFailed] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  // What had the focus has gone with its page.
  useEffect(() => heading.current?.focus(), [])

  async function restart(): Promise<void> {
    const result = await request('app.restart', {})
    setFailed(result.ok ? null : requestWords(result.error))
  }

  return (
    <div className={styles.page}>
      <main className={styles.sheet}>
        <h1 ref={heading} className={styles.title} tabIndex={-1}>
          {filesLeft.length === 0 ? 'Everything is deleted' : 'Nearly everything is deleted'}
        </h1>
        {filesLeft.length > 0 && (
          <Notice kind="warn" title="Some files could not be removed">
            {`${filesLeft.join(', ')}. Latchkey tries again when it starts.`}
          </Notice>
        )}
        <WordList heading="Gone from this computer" words={removedFacts(erased)} />
        {keysAt.length > 0 && (
          <Addresses
            heading="Your keys are still valid; revoke them where you made them"
            of={keysAt.map(({ provider, keyPage }) => ({ provider, page: keyPage }))}
          />
        )}
        {sentTo.length > 0 && (
          <Addresses
            heading="What was sent stays with these, by rules of their own"
            of={sentTo.map((provider) => ({ provider, page: PROVIDERS[provider].retentionPage }))}
          />
        )}
        <p className={styles.beyond}>
          Backups your system made are beyond Latchkey.
          {keychainEntry !== null && ` ${keychainEntry} keeps an entry named Latchkey, which opens nothing any more.`}
        </p>
        <div className={styles.acts}>
          {failed !== null && <Notice kind="danger" title={failed} alert />}
          <Button kind="primary" onClick={() => void restart()}>
            Start Latchkey anew
          </Button>
        </div>
      </main>
    </div>
  )
}

interface AddressesProps {
  readonly heading: string
  readonly of: readonly { readonly provider: ProviderId; readonly page: string | null }[]
}

/** Providers and their own pages, as words: nothing is opened any more before Latchkey has started anew. */
function Addresses({ heading, of }: AddressesProps) {
  return (
    <WordList
      heading={heading}
      words={of.map(
        ({ provider, page }) => `${providerTitle(provider)}${page === null ? '' : `: ${addressWords(page)}`}`,
      )}
    />
  )
}
