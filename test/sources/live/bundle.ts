import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A bundled program that goes when the test does. */
export interface Bundle extends Disposable {
  readonly path: string
}

/** Bundles a TypeScript file of this repository for Node 20, which runs none: as CommonJS into a temporary folder. */
export async function bundle(entry: string): Promise<Bundle> {
  const dir = mkdtempSync(join(tmpdir(), 'healthtop-test-'))
  const build = await rolldown({ input: join(ROOT, entry), platform: 'node', external: [/^node:/] })
  await build.write({ dir, format: 'cjs', entryFileNames: 'entry.cjs' })
  await build.close()
  return { path: join(dir, 'entry.cjs'), [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}
