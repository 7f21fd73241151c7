import { readFileSync, readdirSync } from 'node:fs'
import { fixture } from '../support/provider-server'
import { withStorage } from '../support/ledger'
import { spendDays } from '../support/spent-days'
import { makeTempDir } from '../support/temp-dir'
import { addKey, ask, askMain, expect, keepForEver, message, test, transcript, type Running } from './fixtures'
import { look } from './looking'

const NOON = Date.parse('2026-11-23T14:00:00Z')
const AT_NOON = ['--test-clock=2026-11-23T14:00:00Z']

async function toSpend({ page }: Running): Promise<void> {
  await page.getByRole('button', { name: 'Spend', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Spend', exact: true })).toBeVisible()
}

test('a figure leads to its part, to the call, to its message and back', async ({ start, server }) => {
  const app = await start()
  const { page } = app
  await addKey(page, server.origin)
  server.enqueue(fixture('anthropic/text'))
  await ask(page, 'What is a latch?')
  await expect(transcript(page)).toContainText('tokens ·')
  server.enqueue(fixture('anthropic/text'))
  // Another version of the answer: the first one is on no branch that is shown.
  await page.getByRole('button', { name: 'Regenerate' }).click()
  await expect(page.getByText('2 of 2')).toBeVisible()
  await expect(transcript(page)).toContainText('tokens ·')
  await toSpend(app)
  const trail = page.getByRole('navigation', { name: 'What is shown' })
  await page.getByRole('region', { name: 'By model' }).getByRole('listitem').getByRole('button').click()
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'By conversation' }).getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(trail).toHaveCount(0)
  // Bug: the bar is drawn, but a click on it reaches nothing.
  await page
    .getByRole('group', { name: /^Spend by day/ })
    .getByRole('button')
    .click()
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  const first = page.getByRole('region', { name: 'Calls' }).getByRole('row').last().getByRole('button').first()
  await first.click()
  await expect(page.getByRole('dialog').getByRole('table', { name: 'Lines' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'Show message' }).click()
  // Bug: the conversation opens, on the branch that was shown last.
  await expect(page.getByText('1 of 2')).toBeVisible()
  await expect(transcript(page).getByRole('article').last()).toBeFocused()
  // Bug: the call's window waits out of sight, and is seen closing on the way back.
  await expect(page.locator('[role=dialog]')).toHaveCount(0)
  await page.keyboard.press('Alt+ArrowLeft')
  // Bug: the page begins anew, and where one was is forgotten.
  await expect(trail.getByRole('listitem')).toHaveCount(2)
  await expect(first).toBeFocused()
  // The price a line was booked at is one step away too.
  await first.click()
  await page.getByRole('dialog').getByRole('button', { name: /@/ }).first().click()
  await expect(page.getByRole('button', { name: /^Claude .*Since/, expanded: true })).toBeFocused()
})

test('a message far up is led to, and the page is as far down as it was', async ({ start, profile }) => {
  const answers = withStorage(profile, (storage) =>
    spendDays(storage, { untilMs: NOON, days: 40, most: 60, background: false }),
  )
  // Far up: what a conversation opens with does not reach it.
  const byConversation = Map.groupBy(answers, (answer) => answer.conversationId)
  expect(Math.max(...[...byConversation.values()].map(({ length }) => length))).toBeGreaterThan(100)
  const app = await start({ args: AT_NOON })
  const { page } = app
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await toSpend(app)
  const older = page.getByRole('button', { name: 'Show older calls' })
  const rows = page.getByRole('region', { name: 'Calls' }).getByRole('row')
  await older.click()
  await expect(rows).toHaveCount(201)
  const row = rows.filter({ hasText: 'Chapter 3 line edits' }).last()
  const time = row.getByRole('button').first()
  await time.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Show message' }).click()
  const led = transcript(page).locator('article[data-led]')
  await expect(led).toBeFocused()
  await expect(led).toBeInViewport()
  // Its user goes on writing where they are, and nobody takes them away.
  await expect(message(page)).not.toBeFocused()
  await page.getByRole('button', { name: 'Back to Spend' }).click()
  await expect(time).toBeFocused()
  await expect(row).toBeInViewport()
  await expect(rows).toHaveCount(201)
})

test('another view begins at its top with its name, and Back is as far down as it was', async ({ start, profile }) => {
  withStorage(profile, (storage) => spendDays(storage, { untilMs: NOON, days: 30 }))
  const app = await start({ args: AT_NOON })
  const { page } = app
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await page.setViewportSize({ width: 720, height: 520 })
  await page.getByRole('button', { name: 'Show conversations' }).click()
  await toSpend(app)
  const part = page.getByRole('region', { name: 'Top conversations' }).getByRole('row').nth(3).getByRole('button')
  await part.click()
  // Bug: whoever opens a part far down sees the calls of another place, and the keyboard begins at the start again.
  await expect(page.getByRole('navigation', { name: 'What is shown' })).toBeInViewport()
  await expect(page.getByRole('region', { name: 'November 2026' })).toBeFocused()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(part).toBeInViewport()
  // Taken apart otherwise, the same calls stay where they are.
  await page.getByRole('combobox', { name: 'Group' }).click()
  await page.getByRole('option', { name: 'By provider' }).click()
  await expect(page.getByRole('heading', { name: 'By provider' })).toBeVisible()
  await expect(part).toBeInViewport()
})

test('the bars are gone through with the arrows', async ({ start, profile }) => {
  withStorage(profile, (storage) => spendDays(storage, { untilMs: NOON, days: 20 }))
  const app = await start({ args: AT_NOON })
  const { page } = app
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await toSpend(app)
  const chart = page.getByRole('group', { name: /^Spend by day/ })
  const bars = chart.getByRole('button')
  await expect(bars.first()).toBeVisible()
  await page.getByRole('group', { name: 'Daily spend as' }).getByRole('button', { name: 'Table' }).focus()
  // Past the providers of the legend: one stop for all bars.
  const legend = await page.getByRole('list', { name: 'Providers' }).getByRole('button').count()
  for (let index = 0; index <= legend; index += 1) await page.keyboard.press('Tab')
  await expect(bars.last()).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(bars.nth(-2)).toBeFocused()
  await page.keyboard.press('Home')
  await expect(bars.first()).toBeFocused()
  const day = (await bars.first().getAttribute('aria-label')) ?? ''
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'What is shown' })).toContainText(day.replace(/:.*/, ''))
})

test('a view is saved where its user says, and a place that takes nothing is told', async ({ start, profile }) => {
  const folder = await makeTempDir()
  withStorage(profile, (storage) => spendDays(storage, { untilMs: NOON, days: 20 }))
  const app = await start({ args: AT_NOON })
  const { page, electron } = app
  const saveTo = (path: string) =>
    electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: filePath === '', filePath })
    }, path)
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await toSpend(app)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name, exact: true }).click()
  }
  await saveTo(folder.file('calls.csv'))
  await choose('Save calls as CSV…')
  await expect(page.getByText(/^Saved \d+ rows\.$/)).toBeVisible()
  expect(readFileSync(folder.file('calls.csv'), 'utf8')).toMatch(/^\uFEFFtime,local_day,provider/)
  await saveTo(folder.file('gone/calls.csv'))
  await choose('Save spend by model as JSON…')
  await expect(page.getByText('That folder is no longer there. No file was written.')).toBeVisible()
  expect(readdirSync(folder.path)).toEqual(['calls.csv'])
  await folder.remove()
})

const STATES = {
  empty: null,
  'one day': { days: 1, most: 4 },
  'a year': { days: 365 },
  'over budget': { days: 30 },
  unpriced: { days: 30, unpricedEvery: 7 },
} as const

for (const [name, seed] of Object.entries(STATES)) {
  test(`axe finds nothing on the page of ${name}`, async ({ start, profile }) => {
    if (seed !== null) withStorage(profile, (storage) => spendDays(storage, { untilMs: NOON, ...seed }))
    const app = await start({ args: AT_NOON })
    const { page } = app
    await page.getByRole('button', { name: 'Skip for now' }).click()
    if (seed === null) await keepForEver(page)
    const steps = [{ percent: 80, action: 'warn' }]
    if (name === 'over budget') {
      await askMain(page, 'budget.set', { scope: { kind: 'all' }, period: 'month', limit: '2', steps })
    }
    await toSpend(app)
    if (name === 'a year') {
      await page.getByRole('combobox', { name: 'Days' }).click()
      await page.getByRole('option', { name: '12 months' }).click()
      await expect(page.getByRole('heading', { name: 'Weekly' })).toBeVisible()
    }
    await expect(page.getByRole('heading', { name: 'In the background' })).toBeVisible()
    await look(app, `spend-${name.replaceAll(' ', '-')}`)
  })
}
