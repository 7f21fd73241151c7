/** A text to show, and where a stream cuts it. */
export interface Job {
  readonly id: number
  readonly text: string
  readonly cuts: readonly number[]
}

/** One place of the page in which texts are shown one after another. */
export interface Stage {
  show(text: string, streaming: boolean): void
  /** What is wrong with what is shown now. */
  inspect(): readonly string[]
  /** What is shown, to compare; null where it never comes out the same twice. */
  markup(): string | null
  remove(): void
}

/** What a run of jobs came to. */
export interface Report {
  /** What the page's policy had to stop: it got as far as the document. */
  readonly violations: readonly string[]
  readonly problems: readonly string[]
  /** Addresses that were asked to be opened. */
  readonly asked: readonly string[]
}

/** How long what loads, fails, begins or times out is given to run its script. */
const SETTLE_MS = 60
/** A navigation that begins calls off the one before it; so much time lets each be seen. */
const PATIENCE_MS = 6
const POKES = ['mouseover', 'pointerenter', 'mousedown', 'click', 'auxclick'] as const

declare global {
  interface Window {
    harness: { run(jobs: readonly Job[], place: string): Promise<Report> }
    hit: (id: number) => void
    /** The arena's own ear: heard at once, also from a page that is gone a moment later. */
    struck: (id: number) => Promise<void>
  }
}

/** Makes the page ready to be attacked. `stageFor` gives a new stage in `container`. */
export function install(
  stageFor: (place: string, container: HTMLElement, asked: (url: string) => void) => Stage,
  patient = false,
): void {
  let violations: string[] = []
  window.hit = (id) => void window.struck(id)
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const) {
    Object.assign(window, { [name]: () => void window.struck(-1) })
  }
  document.addEventListener('securitypolicyviolation', (event) => {
    violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
  })
  window.harness = {
    async run(jobs, place) {
      violations = []
      const problems: string[] = []
      const asked: string[] = []
      const stages: Stage[] = []
      const outside = outline()
      // From the page's own event loop: what runs while the debugger evaluates is not under the policy.
      await pause(0)
      const begin = (): [Stage, HTMLElement] => {
        const container = document.body.appendChild(document.createElement('div'))
        const stage = stageFor(place, container, (url) => void asked.push(url))
        stages.push(stage)
        return [stage, container]
      }
      const check = (job: Job, when: string, stage: Stage) =>
        problems.push(...stage.inspect().map((what) => `${job.id} ${when}: ${what}`))
      const containers: HTMLElement[] = []
      for (const job of jobs) {
        const [whole, container] = begin()
        whole.show(job.text, false)
        check(job, 'whole', whole)
        containers.push(container)
        const [split] = begin()
        for (const cut of job.cuts) {
          split.show(job.text.slice(0, cut), true)
          check(job, `cut at ${cut}`, split)
        }
        split.show(job.text, true)
        check(job, 'still streaming', split)
        split.show(job.text, false)
        check(job, 'streamed', split)
        if (whole.markup() !== split.markup()) problems.push(`${job.id}: streamed is not what whole is`)
      }
      await pause(SETTLE_MS)
      for (const container of containers) await poke(container, patient)
      await pause(SETTLE_MS)
      for (const stage of stages) stage.remove()
      if (outline() !== outside) problems.push(`outside of the stages: ${outline()}`)
      return { violations: [...violations], problems, asked }
    },
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Comes near everything, so that whatever listens is heard. */
async function poke(container: HTMLElement, patient: boolean): Promise<void> {
  for (const element of container.querySelectorAll<HTMLElement>('*')) {
    if (element.closest('button svg') !== null) continue
    element.focus?.()
    for (const type of POKES) {
      const button = type === 'auxclick' ? 1 : 0
      element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button }))
    }
    if (patient && element.matches('a, area, button, input')) await pause(PATIENCE_MS)
  }
}

function outline(): string {
  return [...document.head.children, ...document.body.children].map(({ localName }) => localName).join(' ')
}
