import type { RequestError } from '../../shared/ipc/transport'

/** One sentence for a request that was refused. */
export function requestWords(error: RequestError): string {
  switch (error.code) {
    case 'bad_request':
      return badInput(error.field)
    case 'unknown_request':
    case 'forbidden':
      return 'Latchkey refused this request of its own window. Start it again.'
    case 'not_found':
      return 'This is no longer there.'
    case 'turn_running':
      return 'An answer is already running in this conversation.'
    case 'model_unknown':
      return 'Latchkey does not know this model. Choose another one.'
    case 'key_missing':
      return 'There is no key to send this with.'
    case 'key_malformed':
      return 'That does not look like a whole key: copy it again from the provider’s page, without spaces.'
    case 'key_is_admin':
      return 'That is an admin key: it may do far more than chat. Create a normal key.'
    case 'key_misplaced':
      return 'This looks like a key. It belongs in the key field alone, where it is encrypted.'
    case 'too_many_keys':
      return 'A connection holds at most ten keys. Remove one first.'
    case 'key_in_history':
      return 'An earlier message holds an API key that was not sent there before. Nothing was sent.'
    case 'base_url_invalid':
      return 'The base URL must begin with https://, except for this computer (http://127.0.0.1 or http://localhost).'
    case 'base_url_not_local':
      return 'This is not on this computer. Choose “Compatible endpoint” for a server elsewhere.'
    case 'base_url_forbidden':
      return 'Nobody’s models answer at this address, but services a key must not reach. Nothing was saved.'
    case 'base_url_private':
      return 'This is in a private network. Choose “Compatible endpoint” for a server of your own.'
    case 'proxy_invalid':
      return 'A proxy is an http or https address with its port, without a name or password in it.'
    case 'price_invalid':
      return 'This is not a price: write dollars per million tokens, like 0.25, and at most 1000.'
    case 'budget_invalid':
      if (error.field === 'until') return badInput(error.field)
      return 'This is not a budget: write an amount in dollars, like 20, and steps that go up.'
    case 'budget_limit':
      return 'A budget of yours keeps this message here. Nothing was sent.'
    case 'budget_unpriced':
      return 'This model has no price, so your budget cannot hold it. Nothing was sent.'
    case 'loop_limit':
      return 'Many requests have left within minutes, so this one waits for you. Nothing was sent.'
    case 'vault_unavailable':
      return 'The keychain of this computer cannot be reached now, so nothing was changed.'
    case 'vault_locked':
      return 'Your keys are locked. Enter your passphrase first.'
    case 'key_locked':
      return 'Your keys are locked. Nothing was sent.'
    case 'passphrase_wrong':
      return 'This is not the passphrase.'
    case 'passphrase_needed':
      return 'There is no keychain to take its place, so the passphrase stays. Without it your keys would be lost.'
    case 'cancelled':
      return 'Cancelled. Nothing was changed.'
    case 'ledger_busy':
      return 'The ledger is being looked at already. Wait until that has ended, or cancel it.'
    case 'file_no_room':
      return 'There is not enough room on the disk. No file was written.'
    case 'file_forbidden':
      return 'Latchkey may not write there. Choose another folder; no file was written.'
    case 'file_gone':
      return 'That folder is no longer there. No file was written.'
    case 'file_failed':
      return 'The file could not be written there. Nothing of it was left behind.'
    case 'link_refused':
      return 'Latchkey does not open links of this kind.'
    case 'too_many':
      return 'That was too much at once. Wait a minute and try again.'
    case 'shutting_down':
      return 'Latchkey is about to quit.'
    case 'internal':
      return 'Something went wrong in Latchkey. Nothing was changed.'
  }
}

function badInput(field: string | undefined): string {
  switch (field) {
    case 'text':
      return 'This message is too long to send in one piece.'
    case 'key':
      return 'That does not look like a whole key: copy it again from the provider’s page, without spaces.'
    case 'passphrase':
    case 'current':
      return 'A passphrase needs at least 8 characters, and at most 1024.'
    case 'label':
      return 'A label needs 1 to 60 characters.'
    case 'baseUrl':
      return 'The base URL is too long.'
    case 'until':
      return 'A pause ends today or later.'
    case 'expires':
      return 'There is no such day in the calendar.'
    default:
      return 'Latchkey could not read this. Nothing was changed.'
  }
}
