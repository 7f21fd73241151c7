import { useState } from 'react'
import type { RequestError } from '../../shared/ipc/transport'
import { LockAfter } from '../features/settings/LockAfter'
import { SettingsSection } from '../features/settings/SettingsSection'
import { VaultControls } from '../features/vault/VaultControls'

/** The section of the settings about how keys are kept: the vault's words among the settings' own. */
export function KeyProtection() {
  const [error, setError] = useState<RequestError | null>(null)
  return (
    <SettingsSection title="Key protection" about="What opens your keys on this computer." error={error}>
      <VaultControls onRefused={setError} lockAfter={<LockAfter onKept={(change) => void change.then(setError)} />} />
    </SettingsSection>
  )
}
