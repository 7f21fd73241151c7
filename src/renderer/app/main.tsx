import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../styles/tokens.css'
import '../styles/base.css'
import { watchInputMethod } from '../lib/ime'
import { App } from './App'
import { routeEvents } from './event-router'
import { followQueue } from './queue'
import { useStart } from './start'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')

watchInputMethod(document)
followQueue()
// Listening first: what is told while the window opens is not lost.
routeEvents()
void useStart.getState().open()

createRoot(root).render(
  <StrictMode>
    {/* The page's policy allows no inline styles. */}
    <CSPProvider disableStyleElements>
      <App />
    </CSPProvider>
  </StrictMode>,
)
