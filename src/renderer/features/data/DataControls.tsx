import { useEffect, useState } from 'react'
import type { DataView } from '../../../shared/ipc/data-views'
import { Button } from '../../ui/Button'
import styles from './DataControls.module.css'
import { useData } from './data-store'
import { dataFacts, purgedWords } from './data-words'
import { DeleteEverythingDialog } from './DeleteEverythingDialog'
import { PurgeDialog } from './PurgeDialog'

interface Asking {
  readonly what: 'purge' | 'everything'
  /** What was there when it was asked. */
  readonly data: DataView
}

interface DataControlsProps {
  readonly onPurged: () => void
  /** To what was deleted and can be had back. */
  readonly onDeleted: () => void
}

/** What is on this computer, and the two ways to be rid of it. Both say first what goes. */
export function DataControls({ onPurged, onDeleted }: DataControlsProps) {
  const { data, purged, look, forgetPurged } = useData()
  const [asking, setAsking] = useState<Asking | null>(null)
  useEffect(() => {
    void look()
    return forgetPurged
  }, [look, forgetPurged])

  async function ask(what: Asking['what']): Promise<void> {
    forgetPurged()
    const now = await look()
    if (now !== null) setAsking({ what, data: now })
  }

  const close = () => setAsking(null)
  return (
    <>
      {data !== null && (
        <ul className={styles.facts}>
          {dataFacts(data).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      <Button onClick={onDeleted}>Deleted conversations …</Button>
      <Button onClick={() => void ask('purge')}>Remove deleted conversations for good …</Button>
      <output className={styles.said}>{purged === null ? '' : purgedWords(purged)}</output>
      <div className={styles.everything}>
        <p className={styles.about}>Begin anew: conversations, keys, settings and spend all go.</p>
        <Button kind="danger" onClick={() => void ask('everything')}>
          Delete everything …
        </Button>
      </div>
      <PurgeDialog data={asking?.what === 'purge' ? asking.data : null} onClose={close} onPurged={onPurged} />
      <DeleteEverythingDialog data={asking?.what === 'everything' ? asking.data : null} onClose={close} />
    </>
  )
}
