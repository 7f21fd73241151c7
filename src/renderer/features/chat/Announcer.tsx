import { useEffect, useRef, useState } from 'react'
import type { ConversationView } from '../../../shared/ipc/views'
import styles from './Announcer.module.css'
import { announcement } from './announcement'

/** The one polite live region. It is always there, as a region that appears with its text is not read out. */
export function Announcer({ conversation }: { readonly conversation: ConversationView | undefined }) {
  const before = useRef<ConversationView | undefined>(undefined)
  const [said, say] = useState('')
  useEffect(() => {
    const next = announcement(before.current, conversation, Date.now())
    before.current = conversation
    if (next !== null) say(next)
  }, [conversation])
  return <output className={styles.announcer}>{said}</output>
}
