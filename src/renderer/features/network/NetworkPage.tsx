import { useEffect, useRef, useState, type ReactNode } from 'react'
import { request } from '../../bridge/client'
import { formatCounted } from '../../lib/format'
import { requestWords } from '../../lib/request-words'
import { copyText } from '../../markdown/copy-text'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Page } from '../../ui/Page'
import { Select } from '../../ui/Select'
import { ClearLogDialog } from './ClearLogDialog'
import styles from './NetworkPage.module.css'
import { NetworkTable } from './NetworkTable'
import { useNetwork } from './network-store'
import { copiedWords, PURPOSE_CHOICES } from './network-words'

/** Stands for no filter; no host has this name. */
const ANY = '*'

interface NetworkPageProps {
  readonly leading?: ReactNode
  readonly onSettings: () => void
}

/** Everything that left this computer: whom it went to, what for and how much. Never what was in it. */
export function NetworkPage({ leading, onSettings }: NetworkPageProps) {
  const { rows, more, hosts, total, host, purpose, error, load, loadMore, leave } = useNetwork()
  const [said, setSaid] = useState('')
  const [clearing, setClearing] = useState(false)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    void load()
    return leave
  }, [load, leave])

  async function copy(format: 'csv' | 'json'): Promise<void> {
    setSaid('')
    const result = await request('network.export', { format })
    if (!result.ok) return setSaid(requestWords(result.error))
    const copied = copyText(result.value.text)
    setSaid(copied ? copiedWords(result.value.rowCount, format) : 'The clipboard could not be written.')
  }

  return (
    <Page
      title="Network log"
      leading={leading}
      actions={
        <Button ref={back} onClick={onSettings}>
          Settings
        </Button>
      }
    >
      <p className={styles.about}>Every request that left, kept on this computer for 90 days. Never what was in it.</p>
      {error !== null && (
        <Notice
          kind="danger"
          title="The log could not be read."
          actions={<Button onClick={() => void load()}>Try again</Button>}
        >
          {requestWords(error)}
        </Notice>
      )}
      {rows !== null && total === 0 && <p className={styles.empty}>No request has left since this log began.</p>}
      {rows !== null && total > 0 && (
        <>
          <div className={styles.tools}>
            <Select
              label="Host"
              options={[{ value: ANY, label: 'All hosts' }, ...hosts.map((value) => ({ value, label: value }))]}
              value={host ?? ANY}
              onChange={(value) => void load({ host: value === ANY ? null : value })}
            />
            <Select
              label="For"
              options={[{ value: ANY, label: 'Everything' }, ...PURPOSE_CHOICES]}
              value={purpose ?? ANY}
              onChange={(value) =>
                void load({ purpose: PURPOSE_CHOICES.find((choice) => choice.value === value)?.value ?? null })
              }
            />
            <div className={styles.acts}>
              <Button onClick={() => void copy('csv')}>Copy as CSV</Button>
              <Button onClick={() => void copy('json')}>Copy as JSON</Button>
              <Button onClick={() => setClearing(true)}>Clear …</Button>
            </div>
          </div>
          <output className={styles.said}>{said}</output>
          {rows.length === 0 ? (
            <p className={styles.empty}>No such request is in the log.</p>
          ) : (
            <NetworkTable rows={rows} />
          )}
          {more && (
            <Button className={styles.more} onClick={() => void loadMore()}>
              Show older requests
            </Button>
          )}
          <p className={styles.under}>{formatCounted(total, 'request', 'requests')} in the log</p>
        </>
      )}
      <ClearLogDialog
        open={clearing}
        onClose={() => setClearing(false)}
        finalFocus={() => (useNetwork.getState().total === 0 ? (back.current ?? true) : true)}
      />
    </Page>
  )
}
