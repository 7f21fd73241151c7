import type { ConnectionId } from '../../../core/ids'
import { PROVIDERS } from '../../../core/provider'
import type { ConnectionModelsView, ConnectionView, ModelView } from '../../../shared/ipc/views'

/** One row of the picker. */
export interface ModelOption {
  /** Connection and model together. */
  readonly key: string
  /** `provider/model`, as favourites and recents name it. */
  readonly favouriteKey: string
  readonly connection: ConnectionView
  /** `Anthropic · Personal` */
  readonly connectionName: string
  /** `Personal`, beside a tile that says whose it is. */
  readonly connectionLabel: string
  readonly model: ModelView
}

// A type, because Base UI's groups ask for an index signature, which interfaces do not have.
export type OptionSection = {
  /** Two connections may be called the same. */
  readonly key: string
  readonly label: string
  /** Whether its options come from one connection, which its label names. */
  readonly ofConnection: boolean
  readonly items: readonly ModelOption[]
  /** How many more there are than are shown; a search finds them. */
  readonly more: number
}

export interface SectionFacts {
  readonly options: readonly ModelOption[]
  readonly favourites: readonly string[]
  readonly recents: readonly string[]
  /** The option that is chosen now: it is always shown. */
  readonly current: string | null
}

const MOST_RECENT = 5
/** A gateway lists hundreds; so many rows can still be looked through. */
const MOST_SHOWN = 60

/** The name of a connection where there may be several: `Anthropic · Personal`. */
export function connectionName({ provider, label }: Pick<ConnectionView, 'provider' | 'label'>): string {
  const { name } = PROVIDERS[provider]
  return label === name ? name : `${name} · ${label}`
}

/** What tells an option from all others. */
export function optionKey(connectionId: ConnectionId, model: string): string {
  return `${connectionId} ${model}`
}

/** Everything the connections offer, in their order. */
export function optionsOf(
  connections: readonly ConnectionView[],
  offered: readonly ConnectionModelsView[],
): readonly ModelOption[] {
  const names = connections.map(connectionName)
  return connections.flatMap((connection) => {
    const name = connectionName(connection)
    const shared = names.filter((other) => other === name).length > 1
    const models = offered.find(({ connectionId }) => connectionId === connection.id)?.models ?? []
    return models.map((model) => ({
      key: optionKey(connection.id, model.id),
      favouriteKey: `${connection.provider}/${model.id}`,
      connection,
      connectionName: shared ? `${name} · ${endingOf(connection)}` : name,
      connectionLabel: shared ? `${connection.label} · ${endingOf(connection)}` : connection.label,
      model,
    }))
  })
}

/** What tells two connections of one name apart: the end of the key, or where they go. */
function endingOf({ key, host }: ConnectionView): string {
  return key.state === 'none' || key.last4 === null ? host : `…${key.last4}`
}

/** Favourites, recents, then each connection; an option stands once, in the first section that has it. */
export function sectionsOf({ options, favourites, recents, current }: SectionFacts): readonly OptionSection[] {
  const named = (keys: readonly string[]) =>
    keys.flatMap((key) => options.filter(({ favouriteKey }) => favouriteKey === key))
  const favourite = named(favourites)
  const recent = named(recents)
    .filter((option) => !favourite.includes(option))
    .slice(0, MOST_RECENT)
  const taken = new Set([...favourite, ...recent])
  const rest = Map.groupBy(
    options.filter((option) => !taken.has(option)),
    ({ connection }) => connection.id,
  )
  return [
    { key: 'favourites', label: 'Favourites', ofConnection: false, items: favourite, more: 0 },
    { key: 'recent', label: 'Recent', ofConnection: false, items: recent, more: 0 },
    ...[...rest.values()].map((items) => ofConnection(items, current)),
  ].filter(({ items }) => items.length > 0)
}

/** The options that have every word of the query, the closest name first. */
export function searchSections(facts: SectionFacts, query: string): readonly OptionSection[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return sectionsOf(facts)
  const words = wanted.split(/\s+/)
  const options = facts.options
    .filter((option) => words.every((word) => textOf(option).includes(word)))
    .toSorted((a, b) => distance(a, wanted) - distance(b, wanted))
  const nearest = ({ items }: OptionSection) => Math.min(...items.map((option) => distance(option, wanted)))
  return sectionsOf({ ...facts, options }).toSorted((a, b) => nearest(a) - nearest(b))
}

function ofConnection(items: readonly ModelOption[], current: string | null): OptionSection {
  const shown = items.filter(({ key }, index) => index < MOST_SHOWN || key === current)
  return {
    key: items[0]?.connection.id ?? '',
    label: items[0]?.connectionName ?? '',
    ofConnection: true,
    items: shown,
    more: items.length - shown.length,
  }
}

function textOf({ model, connectionName: name }: ModelOption): string {
  return `${model.name} ${model.id} ${name}`.toLowerCase()
}

/** 0: the whole name, 1: its beginning, 2: within it, 3: elsewhere. */
function distance({ model }: ModelOption, wanted: string): number {
  const name = model.name.toLowerCase()
  if (name === wanted || model.id.toLowerCase() === wanted) return 0
  if (name.startsWith(wanted)) return 1
  return name.includes(wanted) ? 2 : 3
}
