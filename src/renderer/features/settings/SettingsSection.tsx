import { useId, type ReactNode } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Notice } from '../../ui/Notice'
import styles from './SettingsSection.module.css'

interface SettingsSectionProps {
  readonly title: string
  /** One quiet line under the title. */
  readonly about?: string
  /** Why the last change was not kept. */
  readonly error: RequestError | null
  readonly children: ReactNode
}

/** What belongs together on the page of settings. */
export function SettingsSection({ title, about, error, children }: SettingsSectionProps) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {about !== undefined && <p className={styles.about}>{about}</p>}
      </div>
      <div className={styles.body}>
        {children}
        {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      </div>
    </section>
  )
}
