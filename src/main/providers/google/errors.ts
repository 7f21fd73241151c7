import {
  GoogleGenerativeAIError,
  GoogleGenerativeAIFetchError,
  GoogleGenerativeAIRequestInputError,
} from '@google/generative-ai'
import { failure, type Failure, type FailureCode } from '../../../core/failure'
import { lookup } from '../../../core/lookup'
import type { CallAccess } from '../provider-adapter'
import {
  BY_STATUS,
  LOOKED_AT,
  mayHaveWorked,
  retryAt,
  saidDetail,
  saidName,
  TRANSPORT_CODES,
  transportFailure,
  unexpectedFailure,
} from '../provider-failure'
import { isJson, type Json } from '../reading'

/** Google's names for the same, for an error inside a stream that has no number. */
const STATUS_BY_NAME: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
}

/** What Google says is wrong, whichever way it reached us. */
interface Said {
  /** HTTP status of the refusal; null for an error inside a 200 stream. */
  readonly status: number | null
  readonly name: unknown
  readonly code: unknown
  readonly message: string
  readonly details: unknown
}

type Needs = Pick<CallAccess, 'redact' | 'now'>

/**
 * What the SDK threw, as a value. `answerBegun`: the provider had already reported the start of an answer.
 */
export function failureFrom(error: unknown, access: Needs, answerBegun = false): Failure {
  const transport = transportFailure(error)
  if (transport !== undefined) return transport
  if (error instanceof GoogleGenerativeAIFetchError) {
    const { status = 0, errorDetails: details } = error
    return refusal({ status, name: null, code: status, message: messageOf(error), details }, access, answerBegun)
  }
  // Made while the request was built, so nothing was sent.
  if (error instanceof GoogleGenerativeAIRequestInputError) return failure('internal')
  if (error instanceof GoogleGenerativeAIError) return sdkFailure(error)
  return unexpectedFailure(error)
}

/** An error object that Google put into a body: of a refusal (with its HTTP status) or inside a 200 stream (null). */
export function failureSaid(error: unknown, status: number | null, access: Needs, answerBegun = false): Failure {
  const said: Json = isJson(error) ? error : {}
  const { message, details, status: name, code } = said
  const text = typeof message === 'string' ? message : ''
  return refusal({ status, name, code: status ?? code, message: text, details }, access, answerBegun)
}

function refusal(said: Said, access: Needs, answerBegun: boolean): Failure {
  const { status, name, message, details } = said
  const number = numberOf(said)
  const reason = reasonOf(details)
  return failure(codeOf(number, reason, message.slice(0, LOOKED_AT)), {
    status,
    providerCode: saidName(reason ?? name, access),
    detail: saidDetail(message, access),
    retryAtMs: retryAt(number, retryDelayOf(details), access.now()),
    maybeBilled: answerBegun || mayHaveWorked(number),
  })
}

function numberOf({ code, name }: Said): number {
  if (typeof code === 'number') return code
  return (typeof name === 'string' ? lookup(STATUS_BY_NAME, name) : undefined) ?? 500
}

function codeOf(status: number, reason: string | undefined, message: string): FailureCode {
  // A wrong key is a plain 400; only its reason tells.
  if (reason === 'API_KEY_INVALID') return 'key_invalid'
  const code = BY_STATUS[status]
  if (code === 'bad_request') {
    if (/input token count.*exceeds/is.test(message)) return 'context_too_long'
    // FAILED_PRECONDITION: where the free tier is not offered, it asks for billing to be enabled.
    if (/\bbilling\b/i.test(message)) return 'no_credit'
  }
  return code ?? 'server'
}

function detailsIn(details: unknown): Json[] {
  return Array.isArray(details) ? details.slice(0, 20).filter(isJson) : []
}

function reasonOf(details: unknown): string | undefined {
  const reasons = detailsIn(details).map((detail) => detail['reason'])
  return reasons.find((reason) => typeof reason === 'string')
}

/** RetryInfo says "34.474824224s"; nine digits are finer than any clock here. */
function retryDelayOf(details: unknown): string | undefined {
  const delays = detailsIn(details).map((detail) => detail['retryDelay'])
  const text = delays.find((delay) => typeof delay === 'string')
  const seconds = /^(\d{1,6}(?:\.\d{1,9})?)s$/.exec(text ?? '')?.[1]
  return seconds === undefined ? undefined : (Math.ceil(Number(seconds) * 1000) / 1000).toFixed(3)
}

/** Google's own sentence, without the URL the SDK puts before it and the details it appends as JSON. */
function messageOf(error: GoogleGenerativeAIFetchError): string {
  const mark = `: [${error.status ?? ''} ${error.statusText ?? ''}] `
  const from = error.message.indexOf(mark)
  const said = from < 0 ? '' : error.message.slice(from + mark.length)
  const appended = error.errorDetails === undefined ? '' : ` ${JSON.stringify(error.errorDetails)}`
  return appended !== '' && said.endsWith(appended) ? said.slice(0, -appended.length) : said
}

/**
 * The SDK replaces what our fetch threw by an error of its own without a cause. Before the headers its text survives,
 * which says whether anything was sent. Inside the body not even the text does: a silence and a reset look the same.
 */
function sdkFailure(error: GoogleGenerativeAIError): Failure {
  const { message } = error
  if (/Error parsing JSON response|Failed to parse stream/.test(message)) {
    return failure('protocol', { maybeBilled: true })
  }
  if (!/Error (?:fetching from|reading from the stream)|Request aborted/.test(message)) return failure('internal')
  const [, name = '', notSent] = /: egress: ([a-z]+)(, not sent)?$/.exec(message) ?? []
  const code = lookup(TRANSPORT_CODES, name) ?? 'network'
  return failure(code, { maybeBilled: notSent === undefined })
}
