// Runs a TypeScript file of this repository on Node 20: bundled to a temporary module, packages left where they are.
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(root, 'node_modules/.run-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const bundle = await rolldown({
  input: resolve(process.argv[2]),
  platform: 'node', // What is bundled is what Node could not import by name; native packages stay where they are.
  external: [/^(node:|@lydell|@napi-rs|rolldown)/],
})
const { output } = await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'main.mjs' })
await bundle.close()
process.argv.splice(1, 2, resolve(process.argv[2]))
await import(pathToFileURL(join(folder, output[0].fileName)).href)
