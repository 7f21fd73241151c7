import { expect, it } from 'vitest'
import { urlMatcher } from '../api/url-pattern.mjs'

it.for([
  ['<all_urls>', 'app://bundle/x'],
  ['*://*/*', 'https://a.example/x?y'],
  ['app://bundle/*', 'app://bundle/index.html'],
  ['https://*.example/*', 'https://a.example/'],
  ['https://*.example/*', 'https://example/'],
  ['https://a.example/exact', 'https://a.example/exact'],
  ['http://127.0.0.1/*', 'http://127.0.0.1:8080/x'],
  ['http://127.0.0.1:8080/*', 'http://127.0.0.1:8080/x'],
  ['devtools://*', 'devtools://devtools/x'],
  ['file:///*', 'file:///tmp/x'],
  ['data:*', 'data:text/html,x'],
])('%s matches %s', ([pattern, url]) => {
  expect(urlMatcher(pattern)(url)).toBe(true)
})

it.for([
  ['*://*/*', 'app://bundle/x'],
  ['app://bundle/*', 'app://other/index.html'],
  ['https://*.example/*', 'https://a.example.evil/'],
  ['https://a.example/*', 'https://axexample/'],
  ['https://a.example/exact', 'https://a.example/exactly'],
  ['http://127.0.0.1:8080/*', 'http://127.0.0.1:8081/x'],
])('%s does not match %s', ([pattern, url]) => {
  expect(urlMatcher(pattern)(url)).toBe(false)
})

it('refuses what is no pattern', () => {
  expect(() => urlMatcher('no pattern')).toThrow(TypeError)
})
