/** The tests of processes and of the other commands, once more with `--probes portable`. What these probes cannot tell stands in probes.ts. */
process.env.HEALTHTOP_TEST_PROBES = 'portable'
await import('./processes.test.ts')
await import('./actions.test.ts')
await import('./watch.test.ts')
await import('./snapshot.test.ts')
await import('./spoken.test.ts')

export {}
