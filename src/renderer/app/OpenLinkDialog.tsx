import { useState } from 'react'
import { linkWords } from '../lib/link-words'
import { requestWords } from '../lib/request-words'
import { Button } from '../ui/Button'
import { Dialog, DialogActions } from '../ui/Dialog'
import { Notice } from '../ui/Notice'
import { useLinks, type AskedLink } from './link-store'
import styles from './OpenLinkDialog.module.css'

const TOO_MANY = 'Several links were opened within this minute. Wait a moment, then open this one.'

/** Makes sure before a link of an answer or a price goes to the browser: says where it leads, whatever its text says. */
export function OpenLinkDialog() {
  const asked = useLinks((state) => state.asked)
  const refusal = useLinks((state) => state.refusal)
  const dismiss = useLinks((state) => state.dismiss)
  const confirm = useLinks((state) => state.confirm)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(asked)
  if (asked !== null && asked !== shown) setShown(asked)
  return (
    <Dialog
      open={asked !== null}
      onClose={dismiss}
      title={shown === null ? '' : linkWords(shown.link.url, shown.text).title}
      description={
        shown?.by === 'book'
          ? 'The price was read there. This is where it leads:'
          : 'A model wrote it. This is where it really leads:'
      }
    >
      {shown !== null && <LinkFacts asked={shown} />}
      {refusal !== null && (
        <Notice kind="danger" title={refusal === 'too_many' ? TOO_MANY : requestWords(refusal)} alert />
      )}
      <DialogActions>
        <Button onClick={dismiss}>Cancel</Button>
        {/* The second press of a double click on the link lands wherever a model wants it: that is no answer. */}
        <Button kind="primary" onClick={(event) => event.detail <= 1 && void confirm()}>
          Open link
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** The whole address, its host first, and what to look out for. */
export function LinkFacts({ asked: { link, text } }: { readonly asked: AskedLink }) {
  const { before, leadsTo, after, notes } = linkWords(link.url, text)
  return (
    <>
      <p className={styles.host} dir="ltr">
        {leadsTo}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- A long address scrolls, and only what can be focused scrolls by keyboard. */}
      <p className={styles.address} dir="ltr" tabIndex={0} role="group" aria-label="Address">
        {before}
        <strong>{leadsTo}</strong>
        {after}
      </p>
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}
