import styles from './DemoStrip.module.css'

/** Above everything while the app is being tried out, so that no picture of it can be taken for a real one. */
export function DemoStrip() {
  return (
    <p className={styles.strip} role="note">
      <strong>Demo.</strong> Everything here is invented. Nothing is sent, nothing is kept.
    </p>
  )
}
