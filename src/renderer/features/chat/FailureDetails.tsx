import type { Failure } from '../../../core/failure'
import styles from './FailureDetails.module.css'

/** What the provider said, for those who want to look it up. */
export function FailureDetails({ failure }: { readonly failure: Failure }) {
  const rows = [
    ['Status', failure.status?.toString() ?? 'no response'],
    ['Code', failure.providerCode ?? failure.code],
    ['Request', failure.requestId],
    ['Charged', failure.maybeBilled ? 'perhaps' : null],
    ['Message', failure.detail],
  ] as const
  return (
    <dl className={styles.details}>
      {rows.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
