import type { TrueCall, Truth } from './rows'

export interface Asked {
  readonly range: { readonly from: string; readonly to: string }
  readonly filter: Readonly<Record<string, string | undefined>>
}

/** The calls that are meant, newest first. */
export function callsMeant({ calls }: Truth, { range, filter }: Asked): TrueCall[] {
  const meant: TrueCall[] = []
  for (const call of calls) {
    const { row } = call
    const day = String(row['local_day'])
    if (day < range.from || day > range.to) continue
    if (filter['provider'] !== undefined && row['provider'] !== filter['provider']) continue
    if (filter['model'] !== undefined && row['model_requested'] !== filter['model']) continue
    if (filter['connectionId'] !== undefined && row['connection_id'] !== filter['connectionId']) continue
    if (filter['keyId'] !== undefined && call.key !== filter['keyId']) continue
    const wanted = filter['conversationId']
    if (wanted === 'private' && row['private'] !== 1n) continue
    if (wanted === 'none' && row['conversation_id'] !== null) continue
    if (wanted !== undefined && wanted !== 'private' && wanted !== 'none' && row['conversation_id'] !== wanted) continue
    if (filter['purpose'] !== undefined && call.kind !== filter['purpose']) continue
    if (filter['outcome'] !== undefined && row['state'] !== filter['outcome']) continue
    if (filter['costClass'] !== undefined && call.cost.costClass !== filter['costClass']) continue
    meant.push(call)
  }
  return meant.toSorted((a, b) => {
    const [dayA, dayB] = [String(a.row['local_day']), String(b.row['local_day'])]
    if (dayA !== dayB) return dayA < dayB ? 1 : -1
    return (a.row['seq'] as bigint) < (b.row['seq'] as bigint) ? 1 : -1
  })
}
