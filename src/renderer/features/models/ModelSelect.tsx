import { Combobox } from '@base-ui/react/combobox'
import { ChevronDown, Search, Star } from 'lucide-react'
import { useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import type { ModelEstimateView } from '../../../shared/ipc/views'
import { unlessComposing } from '../../lib/ime'
import { ProviderTile } from '../../ui/ProviderTile'
import { cachedWords, shortName, type CachedFor } from './model-words'
import { ModelOptionRow } from './ModelOptionRow'
import styles from './ModelSelect.module.css'
import { useModels } from './models-store'
import { searchSections, sectionsOf, type ModelOption, type OptionSection } from './options'
import { isDoubtful, priceWords } from './prices'
import type { ModelEstimates } from './use-model-estimates'

type Met = NonNullable<ModelEstimateView['meets']>

interface ModelSelectProps {
  /** Everything that can be chosen. */
  readonly options: readonly ModelOption[]
  /** What is chosen; null while nothing is, or while it is no longer offered. */
  readonly value: ModelOption | null
  /** What the trigger says while `value` is null. */
  readonly fallbackName: string
  readonly onChange: (option: ModelOption) => void
  /** A price of the user's own is wanted for a model. */
  readonly onSetPrice: (option: ModelOption) => void
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly estimates: ModelEstimates
  /** What of the conversation lies in a provider's cache; null while nothing does. */
  readonly cache: CachedFor | null
  /** What a model would run into of the budgets: in a few words for its row, and in a sentence below the list. */
  readonly limits: { readonly short: (met: Met) => string; readonly long: (met: Met) => string }
  readonly trigger?: Ref<HTMLButtonElement>
  /** What is chosen here now, where it is not where the next message goes. */
  readonly purpose?: string | undefined
  /** What has the focus once the list is closed; the trigger without. */
  readonly focusAfter?: (() => HTMLElement | null) | undefined
}

/** Which model of which connection the next message goes to, and what it costs. */
export function ModelSelect({
  options,
  value,
  fallbackName,
  onChange,
  onSetPrice,
  open,
  onOpen,
  estimates,
  cache,
  limits,
  trigger,
  purpose,
  focusAfter,
}: ModelSelectProps) {
  const favourites = useModels((state) => state.favourites)
  const recents = useModels((state) => state.recents)
  const toggleFavourite = useModels((state) => state.toggleFavourite)
  const [query, setQuery] = useState('')
  const priced = useRef<ModelOption | null>(null)
  const [highlighted, setHighlighted] = useState<ModelOption | null>(null)
  // Inside the page's landmark rather than at the end of the body.
  const container = useRef<HTMLDivElement>(null)
  const facts = useMemo(
    () => ({ options, favourites, recents, current: value?.key ?? null }),
    [options, favourites, recents, value],
  )
  const all = useMemo(() => sectionsOf(facts), [facts])
  const shown = useMemo(() => searchSections(facts, query), [facts, query])
  const subject = options.find(({ key }) => key === (highlighted ?? value)?.key)
  const cached =
    subject === undefined || cache === null ? null : cachedWords(subject.key, estimates.get(subject.key), cache)
  const metBy = (option: ModelOption | undefined) =>
    option === undefined ? null : (estimates.get(option.key)?.meets ?? null)
  const shortOf = (option: ModelOption): string => {
    const met = metBy(option)
    return met === null ? '' : limits.short(met)
  }
  const metBySubject = metBy(subject)
  const isFavourite = (option: ModelOption) => favourites.includes(option.favouriteKey)

  // Asked once the list has given the focus back, so that the dialog can take it.
  function finish(opened: boolean): void {
    const { current } = priced
    priced.current = null
    if (!opened && current !== null) onSetPrice(current)
  }

  // For all of them or none, so that the list keeps its size on the way through it.
  const limited = options.some((option) => metBy(option) !== null)

  function press(event: KeyboardEvent): void {
    const favours = event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)
    if (!favours || subject === undefined) return
    event.preventDefault()
    void toggleFavourite(subject)
  }

  return (
    <div ref={container} className={styles.place}>
      <Combobox.Root
        items={all}
        filteredItems={shown}
        // For an answer that is asked for again every model can be chosen, the one that is set as well.
        value={purpose === undefined ? value : null}
        inputValue={query}
        onInputValueChange={setQuery}
        // A letter typed on the closed trigger would switch unseen to whatever begins with it.
        onValueChange={(next, { reason }) => next !== null && reason === 'item-press' && onChange(next)}
        onItemHighlighted={(next) => next !== undefined && setHighlighted(next)}
        open={open}
        onOpenChange={(next) => {
          onOpen(next)
          setHighlighted(null)
        }}
        onOpenChangeComplete={finish}
        isItemEqualToValue={(a, b) => a.key === b.key}
        itemToStringLabel={({ model }) => model.name}
        autoHighlight
      >
        <Combobox.Trigger ref={trigger} className={styles.trigger} aria-label="Model" title={value?.connectionName}>
          {value !== null && <ProviderTile provider={value.connection.provider} />}
          <span className={styles.name}>{value === null ? fallbackName : shortName(value.model.name)}</span>
          {value !== null && (
            <span className={styles.price}>
              {isDoubtful(value.model) ? 'price uncertain' : priceWords(value.model)}
            </span>
          )}
          <ChevronDown className={styles.icon} />
        </Combobox.Trigger>
        <Combobox.Portal container={container}>
          <Combobox.Positioner className={styles.positioner} align="end" sideOffset={4} positionMethod="fixed">
            <Combobox.Popup
              className={styles.popup}
              aria-label={purpose ?? 'Choose a model'}
              onKeyDown={unlessComposing(press)}
              {...(focusAfter === undefined ? {} : { finalFocus: () => focusAfter() ?? true })}
            >
              {purpose !== undefined && <p className={styles.purpose}>{purpose}</p>}
              <div className={styles.search}>
                <Search />
                <Combobox.Input aria-label="Search models" placeholder="Search models" spellCheck={false} />
              </div>
              <Combobox.Empty className={styles.empty}>
                {options.length > 0 ? (
                  <p>No model is called that.</p>
                ) : (
                  <p>No models yet: add a key, or check a connection under Keys.</p>
                )}
              </Combobox.Empty>
              <Combobox.List className={styles.list} aria-label="Models">
                {(section: OptionSection) => (
                  <Combobox.Group key={section.key} items={section.items} className={styles.section}>
                    <Combobox.GroupLabel className={styles.label}>
                      {section.more === 0 ? section.label : `${section.label} · ${section.more} more by search`}
                    </Combobox.GroupLabel>
                    {section.items.map((option) => (
                      <ModelOptionRow
                        key={option.key}
                        option={option}
                        showsConnection={!section.ofConnection}
                        favourite={isFavourite(option)}
                        estimate={estimates.get(option.key)}
                        meets={shortOf(option)}
                        onToggleFavourite={() => void toggleFavourite(option)}
                      />
                    ))}
                  </Combobox.Group>
                )}
              </Combobox.List>
              {/* There for every model, so that the list keeps its size on the way through it. */}
              {cache !== null && <p className={styles.cached}>{cached}</p>}
              {limited && <p className={styles.cached}>{metBySubject !== null && limits.long(metBySubject)}</p>}
              {subject !== undefined && (
                <div className={styles.foot}>
                  <span className={styles.subject}>{subject.model.name}</span>
                  <button
                    type="button"
                    className={styles.act}
                    aria-label={`Set price… of ${subject.model.name}`}
                    onClick={() => {
                      priced.current = subject
                      onOpen(false)
                    }}
                  >
                    Set price…
                  </button>
                  <button
                    type="button"
                    className={styles.act}
                    aria-label={`Favourite: ${subject.model.name}`}
                    aria-pressed={isFavourite(subject)}
                    title="Ctrl+D, or Cmd+D on a Mac"
                    onClick={() => void toggleFavourite(subject)}
                  >
                    <Star />
                    Favourite
                  </button>
                </div>
              )}
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  )
}
