// Numbers group like money does (core/money); dates are day first with a 24 hour clock.

const count = new Intl.NumberFormat('en-US')
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const monthOfYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' })
const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

const DAY_MS = 86_400_000

/** `3,412` */
export function formatCount(value: number): string {
  return count.format(value)
}

/** `1 call`, `12 calls` */
export function formatCounted(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** `812 B`, `3.4 KB`, `1.2 MB`; a thousand bytes to the kilobyte, as networks and disks count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB']
  return `${value < 100 ? value.toFixed(1) : formatCount(Math.round(value))} ${unit}`
}

/** `09:12` */
export function formatTime(atMs: number): string {
  return time.format(atMs)
}

/** `12 s`, `1 min 12 s`, `2 h 5 min`; what is over before it can be counted is `under 1 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 1) return 'under 1 s'
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? '' : ` ${seconds % 60} s`}`
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}

/** How many local calendar days ago something was; tomorrow is -1. Rounded, as a day of 23 or 25 hours is one day. */
export function daysAgo(atMs: number, nowMs: number): number {
  return Math.round((startOfDay(nowMs) - startOfDay(atMs)) / DAY_MS)
}

/** `today`, `yesterday`, `20 Nov`, `3 Dec 2025` */
export function formatDay(atMs: number, nowMs: number): string {
  const days = daysAgo(atMs, nowMs)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  return sameYear(atMs, nowMs) ? day.format(atMs) : dayOfYear.format(atMs)
}

/** How long ago something was: `today`, `yesterday`, `12 days ago`, `3 months ago`, `1 year ago` */
export function formatAge(atMs: number, nowMs: number): string {
  const days = daysAgo(atMs, nowMs)
  // A clock that was set back makes it tomorrow.
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  const months = monthsAgo(atMs, nowMs)
  if (months === 0) return `${formatCount(days)} days ago`
  if (months < 12) return `${formatCounted(months, 'month', 'months')} ago`
  return `${formatCounted(Math.floor(months / 12), 'year', 'years')} ago`
}

/** How many whole local calendar months ago something was. */
export function monthsAgo(atMs: number, nowMs: number): number {
  const at = new Date(atMs)
  const now = new Date(nowMs)
  const months = (now.getFullYear() - at.getFullYear()) * 12 + now.getMonth() - at.getMonth()
  const lastOfMonth = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate()
  // What began on the 31st is a month old on the 30th where there is no 31st.
  return now.getDate() < Math.min(at.getDate(), lastOfMonth) ? months - 1 : months
}

/** `09:12`, `Yesterday 09:12`, `20 Nov 09:12` */
export function formatWhen(atMs: number, nowMs: number): string {
  const at = formatDay(atMs, nowMs)
  return at === 'today' ? formatTime(atMs) : `${at === 'yesterday' ? 'Yesterday' : at} ${formatTime(atMs)}`
}

/** The month of an instant, `October 2026`. */
export function formatMonthOf(atMs: number): string {
  return monthOfYear.format(atMs)
}

/** The name of a month given as `2026-11`: `November`. */
export function formatMonthName(month: string): string {
  return monthName.format(firstOf(month))
}

/** A month given as `2026-11`: `November 2026`. */
export function formatMonth(month: string): string {
  return monthOfYear.format(firstOf(month))
}

/** A day given as `2026-11-09`, or an instant that begins with it: `9 Nov 2026`. */
export function formatDate(text: string): string {
  const [year = 1970, month = 1, number = 1] = text.slice(0, 10).split('-').map(Number)
  return dayOfYear.format(new Date(year, month - 1, number))
}

/** Scripts that put no spaces between words: only a dictionary knows where one ends. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_]*(?:['’.][\p{L}\p{N}][\p{L}\p{N}\p{M}_]*|,\p{N}+)*/gu

/**
 * How many words a text has, in any script. Letters and digits in a row are a word; the dictionary, which would take as
 * long for a long answer as drawing it, is asked only where that says nothing.
 */
export function countWords(text: string): number {
  if (!UNSPACED.test(text)) return text.match(WORD)?.length ?? 0
  let total = 0
  for (const segment of words.segment(text)) if (segment.isWordLike === true) total += 1
  return total
}

function firstOf(month: string): Date {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(year, number - 1, 1)
}

function startOfDay(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0)
}

function sameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear()
}
