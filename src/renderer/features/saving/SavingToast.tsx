import { useRef } from 'react'
import { Button } from '../../ui/Button'
import { Toast } from '../../ui/Toast'
import styles from './SavingToast.module.css'
import { savingStore, useSaving } from './saving-store'
import { progressWords, savingWords } from './saving-words'

/**
 * Says how far a file is that is being saved, with a way to stop it, and what became of it. `onDone` gives the focus a
 * place, for the button it was on goes away.
 */
export function SavingToast({ onDone }: { readonly onDone: () => void }) {
  const toast = useRef<HTMLDivElement>(null)
  const saving = useSaving()
  const { stop, dismiss } = savingStore.getState()
  const text = savingWords(saving)
  const isWriting = saving.kind === 'writing'
  return (
    <div ref={toast} className={styles.toast}>
      <Toast
        said={text === '' ? null : { id: saving.kind, text }}
        onClose={() => {
          // With the focus in it, it goes by hand alone.
          const isHeld = toast.current?.contains(document.activeElement) === true
          dismiss()
          if (isHeld) onDone()
        }}
        stays={isWriting ? 'until-over' : saving.kind === 'refused' ? 'until-dismissed' : 'a-while'}
        actions={
          isWriting && (
            <>
              {/* Not told: it would be said anew with each piece. */}
              <span className={styles.progress} aria-hidden="true">
                {progressWords(saving)}
              </span>
              <Button
                small
                onClick={() => {
                  stop()
                  onDone()
                }}
              >
                Stop
              </Button>
            </>
          )
        }
      />
    </div>
  )
}
