import { expect, it } from 'vitest'
import {
  connectionName,
  optionsOf,
  searchSections,
  sectionsOf,
  type OptionSection,
} from '../../src/renderer/features/models/options'
import { connection, model } from './views'

const work = connection(1, { label: 'Work' })
const home = connection(2, { label: 'Home' })
const router = connection(3, { provider: 'openrouter', label: 'OpenRouter' })
const haiku = model('claude-haiku-5-5', { name: 'Claude Haiku 5.5' })
const sonnet = model('claude-sonnet-5-5', { name: 'Claude Sonnet 5.5' })
const offered = [
  { connectionId: work.id, checkedMs: 1, models: [sonnet, haiku] },
  { connectionId: home.id, checkedMs: null, models: [sonnet] },
  {
    connectionId: router.id,
    checkedMs: 1,
    models: [
      model('x/haiku-extra', { name: 'Extra: Claude Haiku 5.5 Extra', provider: 'openrouter' }),
      model('x/other', { name: 'Other', provider: 'openrouter' }),
    ],
  },
]
const options = optionsOf([work, home, router], offered)
const facts = { options, favourites: [], recents: [], current: null }
const shape = (sections: readonly OptionSection[]) =>
  sections.map(({ label, items }) => [
    label,
    ...items.map((option) => `${option.connection.label}/${option.model.name}`),
  ])

it('two connections that offer the same model are two options', () => {
  const both = options.filter((option) => option.model.id === sonnet.id)
  expect(both.map((option) => option.connectionName)).toEqual(['Anthropic · Work', 'Anthropic · Home'])
  expect(new Set(options.map(({ key }) => key)).size).toBe(options.length)
})

it('connections of one name are told apart by the end of their key', () => {
  const same = [connection(1, { label: 'Personal' }), connection(2, { label: 'Personal' })]
  const other = connection(3, { label: 'Personal', key: { state: 'none' } })
  const all = optionsOf(
    [...same, other],
    [...same, other].map(({ id }) => ({ connectionId: id, checkedMs: null, models: [haiku] })),
  )
  expect(all.map((option) => option.connectionName)).toEqual([
    'Anthropic · Personal · …4f2c',
    'Anthropic · Personal · …4f2c',
    'Anthropic · Personal · api.anthropic.com',
  ])
  expect(new Set(sectionsOf({ ...facts, options: all }).map(({ key }) => key)).size).toBe(3)
})

it('a connection named like its provider is named once', () => {
  expect(connectionName(router)).toBe('OpenRouter')
})

it('favourites come first in the order they were chosen, then recents, each option once', () => {
  const favourites = ['openrouter/x/other', `anthropic/${haiku.id}`]
  const recents = [`anthropic/${haiku.id}`, `anthropic/${sonnet.id}`, 'openai/gone']
  expect(shape(sectionsOf({ ...facts, favourites, recents }))).toEqual([
    ['Favourites', 'OpenRouter/Other', 'Work/Claude Haiku 5.5'],
    ['Recent', 'Work/Claude Sonnet 5.5', 'Home/Claude Sonnet 5.5'],
    ['OpenRouter', 'OpenRouter/Extra: Claude Haiku 5.5 Extra'],
  ])
})

it('a search needs every word, in the name or the connection', () => {
  expect(shape(searchSections(facts, ' sonnet  HOME '))).toEqual([['Anthropic · Home', 'Home/Claude Sonnet 5.5']])
  expect(searchSections(facts, 'sonnet haiku')).toEqual([])
  expect(searchSections(facts, '  ')).toEqual(sectionsOf(facts))
})

it('the whole name comes before a favourite that only contains it: Enter takes the first', () => {
  const found = searchSections({ ...facts, favourites: ['openrouter/x/haiku-extra'] }, 'Claude Haiku 5.5')
  expect(shape(found)[0]).toEqual(['Anthropic · Work', 'Work/Claude Haiku 5.5'])
})

it('of hundreds only the first are shown, the chosen one always, and a search finds the rest', () => {
  const many = Array.from({ length: 300 }, (_, index) => model(`m-${index}`, { provider: 'openrouter' }))
  const all = optionsOf([router], [{ connectionId: router.id, checkedMs: 1, models: many }])
  const current = all[250]?.key ?? null
  const [section] = sectionsOf({ ...facts, options: all, current })
  expect(section?.items).toHaveLength(61)
  expect(section?.items.at(-1)?.key).toBe(current)
  expect(section?.more).toBe(239)
  expect(searchSections({ ...facts, options: all }, 'm-299')[0]?.items).toHaveLength(1)
})
