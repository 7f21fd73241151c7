export { anthropicErrors, anthropicModels, anthropicTokenCount } from './anthropic'
export { gateAfter, type Gate } from './gate'
export {
  cutAfter,
  duplicateEvents,
  errorInStream,
  eventsOf,
  fixture,
  heldBack,
  httpError,
  json,
  missingTerminalEvent,
  redirect,
  resetAfter,
  resetBeforeHeaders,
  stallAfter,
  stallBeforeHeaders,
  stream,
  withoutTerminalEvent,
  type Ending,
  type EventSource,
  type Reply,
  type StreamOptions,
} from './reply'
export { startProviderServer, type Outcome, type ProviderServer, type RecordedRequest } from './server'
