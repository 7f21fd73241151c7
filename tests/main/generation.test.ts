import { describe, expect, it } from 'vitest'
import { believable, generationLines } from '../../src/core/generation'
import { generationIn } from '../../src/main/providers/openai-compatible/generation'

const ID = 'gen-1'
const body = (fields: string) => `{"data":{"id":"${ID}",${fields}}}`
const read = (fields: string) => generationIn(body(fields), ID)

describe('what OpenRouter says a call has cost', () => {
  it('keeps every digit that is written, which a JavaScript number would not', () => {
    const fields = '"total_cost":0.123456789012345678901,"is_byok":false,"upstream_inference_cost":null'
    expect(read(fields)).toEqual({ totalUsd: '0.123456789012345678901', upstreamUsd: null })
  })

  it.each([
    ['0', '0'],
    ['4.1400000000000003e-05', '0.000041400000000000003'],
    ['1.13E-5', '0.0000113'],
    ['100', '100'],
    ['1e2', '100'],
  ])('reads %s', (written, usd) => {
    expect(read(`"total_cost":${written},"is_byok":false`)).toEqual({ totalUsd: usd, upstreamUsd: null })
  })

  it('adds what the provider behind it bills only to a key of the user’s own', () => {
    const amounts = '"total_cost":0.01,"upstream_inference_cost":0.2'
    expect(read(`${amounts},"is_byok":true`)).toEqual({ totalUsd: '0.01', upstreamUsd: '0.2' })
    expect(read(`${amounts},"is_byok":false`)).toEqual({ totalUsd: '0.01', upstreamUsd: null })
  })

  it.each([
    '"total_cost":-0.01,"is_byok":false',
    '"total_cost":100.000000000001,"is_byok":false',
    '"total_cost":1e400,"is_byok":false',
    '"total_cost":"0.01","is_byok":false',
    '"total_cost":null,"is_byok":false',
    '"total_cost":{"source":"1"},"is_byok":false',
    '"total_cost":[1],"is_byok":false',
    '"is_byok":false',
    '"total_cost":0.01',
    '"total_cost":0.01,"is_byok":"false"',
    '"total_cost":0.01,"is_byok":true',
    '"total_cost":0.01,"is_byok":true,"upstream_inference_cost":null',
    '"total_cost":0.01,"is_byok":true,"upstream_inference_cost":-1',
    '"total_cost":0.01,"is_byok":true,"upstream_inference_cost":101',
  ])('is not believed as %s', (fields) => {
    expect(read(fields)).toBeNull()
  })

  it.each([
    ['{"data":{"id":"gen-2","total_cost":1,"is_byok":false}}'],
    ['{"data":{"total_cost":1,"is_byok":false}}'],
    ['{"data":[{"id":"gen-1","total_cost":1,"is_byok":false}]}'],
    ['{"id":"gen-1","total_cost":1,"is_byok":false}'],
    ['{"data":{"id":"gen-1","total_cost":1,"is_byok":false}'],
    ['<html>'],
    ['null'],
    [''],
  ])('is no word on another call, and nothing else is one: %s', (text) => {
    expect(generationIn(text, ID)).toBeNull()
  })

  it('is rounded once, half to even, where it becomes money', () => {
    const lines = generationLines({ totalUsd: '0.0000000000005', upstreamUsd: '0.0000000000015' }, 'm')
    expect(lines.map(({ role, pico, costClass }) => [role, pico, costClass])).toEqual([
      ['main', 0n, 'provider_reported'],
      ['upstream', 2n, 'provider_reported'],
    ])
  })

  it('is no amount when it is no number', () => {
    for (const text of ['', 'NaN', '0x10', '1,5', '--1']) expect(believable(text)).toBeNull()
  })
})
