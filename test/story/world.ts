import fc from 'fast-check'

/** Random small ledgers as text: coinbases, joins and splits, unread inputs, fees, outputs of nothing. */
export const worlds = fc
  .array(
    fc.record({
      coinbase: fc.boolean(),
      unread: fc.integer({ min: 0, max: 9 }),
      spends: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      cuts: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }),
      addresses: fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'S'), { minLength: 5, maxLength: 5 }),
    }),
    { minLength: 3, maxLength: 14 },
  )
  .map(steps => {
    const lines: string[] = ['b0 t0: coinbase -> A 12']
    const free: { name: string; units: number }[] = [{ name: 't0:0', units: 12 }]
    steps.forEach(({ coinbase, unread, spends, cuts, addresses }, i) => {
      const name = `t${i + 1}`
      const inputs: string[] = []
      let sum = 0
      if (!coinbase) {
        for (const spend of spends) {
          if (free.length === 0) break
          const [coin] = free.splice(spend % free.length, 1)
          inputs.push(coin!.name)
          sum += coin!.units
        }
      }
      if (unread === 9 && !coinbase) inputs.push(`?x${i}:0`)
      if (unread === 8 && !coinbase) {
        inputs.push(`?x${i}:0=E/5`)
        sum += 5
      }
      if (coinbase || inputs.length === 0) sum = 12
      const outputs: string[] = []
      cuts.forEach((cut, k) => {
        const units = Math.min(cut, sum)
        sum -= units
        outputs.push(`${addresses[k]} ${units}`)
        free.push({ name: `${name}:${k}`, units })
      })
      lines.push(`b${i + 1} ${name}: ${inputs.length === 0 ? 'coinbase' : inputs.join(', ')} -> ${outputs.join(', ')}`)
    })
    return lines.join('\n')
  })
