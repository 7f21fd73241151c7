import { useMemo, useState } from 'react'
import { connectionName, type ModelOption } from '../features/models/options'
import type { PriceAsk, PriceSubject } from '../features/prices/price-subject'
import type { Pricing } from '../features/spend/CallCost'
import { useVault } from '../features/vault/vault-store'

interface Pricings {
  /** Whose price is asked for now. */
  readonly subject: PriceSubject | null
  readonly ofCalls: Pricing
  readonly ofOption: (option: ModelOption, focusAfter: () => HTMLElement | null) => void
  readonly ofModel: (ask: PriceAsk, focusAfter: () => HTMLElement | null) => void
  readonly close: () => void
}

/** Which price is asked for, from a call that has none or from a model. */
export function usePricing(): Pricings {
  const connections = useVault((state) => state.connections)
  const [subject, setSubject] = useState<PriceSubject | null>(null)
  return useMemo(
    () => ({
      subject,
      ofCalls: {
        can: ({ connectionId }) => connections.some(({ id }) => id === connectionId),
        ask: ({ connectionId, connectionLabel: label, provider, modelId, unpricedModel, model }, focusAfter) =>
          setSubject({
            connectionId,
            connectionName: connectionName({ provider, label }),
            model: unpricedModel ?? modelId,
            // A server may answer under another name, and that is the one its tokens are priced by.
            modelName: unpricedModel === null || unpricedModel === modelId ? model : unpricedModel,
            focusAfter,
          }),
      },
      ofOption: ({ connection, connectionName: name, model }, focusAfter) =>
        setSubject({
          connectionId: connection.id,
          connectionName: name,
          model: model.id,
          modelName: model.name,
          focusAfter,
        }),
      ofModel(ask, focusAfter) {
        const connection = connections.find(({ id }) => id === ask.connectionId)
        if (connection === undefined) return
        setSubject({ ...ask, connectionName: connectionName(connection), focusAfter })
      },
      close: () => setSubject(null),
    }),
    [connections, subject],
  )
}
