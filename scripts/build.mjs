// Bundles src/ into dist/: a tiny entry, the worker's entry, and the chunks they load when needed. No package is left to install.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

/** The bundle is CommonJS (it starts faster), which has no top-level await: the two places in Ink's tree that use one are made synchronous. */
const synchronousInk = {
  name: 'synchronous-ink',
  transform(code, id) {
    if (id.endsWith('yoga-layout/dist/src/index.js')) {
      // Emscripten's hook for instantiating the module oneself: synchronously, from the bytes that the package carries as base64.
      return replaced(code, id, 'const Yoga = wrapAssembly(await loadYoga());', [
        'const module = {',
        '  instantiateWasm(imports, done) {',
        '    const bytes = Buffer.from(loadYoga.base64, "base64");',
        '    done(new WebAssembly.Instance(new WebAssembly.Module(bytes), imports));',
        '    return {};',
        '  },',
        '};',
        'loadYoga(module);',
        'const Yoga = wrapAssembly(module);',
      ])
    }
    if (id.endsWith('yoga-wasm-base64-esm.js')) {
      const wasm = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/.exec(code)
      if (!wasm) throw new Error(`${id}: no WebAssembly module found`)
      const bare = code.replace(wasm[0], '"data:application/octet-stream;base64,"').replace('import.meta.url', '""')
      return replaced(bare, id, 'export default loadYoga;', [
        `loadYoga.base64 = "${wasm[1]}";`,
        'export default loadYoga;',
      ])
    }
    if (id.endsWith('ansi-tokenize/build/tokenize.js')) {
      // Nearly all text is one code unit a character, and to ask Intl.Segmenter for it is half of what an overlay costs at every key.
      const quick = replaced(code, id, 'of segmenter.segment(str)', ['of segments(str, () => codeEndIndex)'])
      return [
        `import { isSimple } from ${JSON.stringify(join(root, 'src/lib/text.ts'))}`,
        quick,
        'function* units(str, end) {',
        '  for (let index = 0; index < str.length; index = Math.max(index + 1, end())) yield { segment: str[index], index }',
        '}',
        'const segments = (str, end) =>',
        '  isSimple(str.replaceAll("\\x1b", " ")) ? units(str, end) : segmenter.segment(str)',
      ].join('\n')
    }
    if (id.endsWith('ink/build/reconciler.js')) {
      // Both are for development only (`DEV=true`), and would ask for packages that are not in the bundle.
      const once = replaced(code, id, "await import('./devtools.js');", [''])
      return replaced(once, id, '? await loadPackageJson()', ['? { name: undefined, version: undefined }'])
    }
    return null
  },
}

/** A check speaks HTTP/2 by itself (src/checks/http/h2): what undici has for it would load node:http2, which nobody needs. */
const withoutHttp2 = {
  name: 'without-http2',
  transform(code, id) {
    if (!id.endsWith('undici/lib/dispatcher/client.js')) return null
    return replaced(code, id, "const connectH2 = require('./client-h2.js')", ['const connectH2 = undefined'])
  },
}

function replaced(code, id, from, to) {
  if (!code.includes(from)) throw new Error(`${id}: expected to find: ${from}`)
  return code.replace(from, () => to.join('\n'))
}

const bundle = await rolldown({
  input: {
    healthtop: join(root, 'src/cli.ts'),
    worker: join(root, 'src/sources/live/worker.ts'),
    'checks-worker': join(root, 'src/sources/live/checks/worker.ts'),
    'config-worker': join(root, 'src/commands/reload/worker.ts'),
    'log-worker': join(root, 'src/log/worker.ts'),
  },
  platform: 'node',
  // Native and optional parts that are asked for only where they are installed.
  external: [/^node:/, 'osx-temperature-sensor', 'macos-temperature-sensor'],
  resolve: {
    alias: {
      'string-width': join(root, 'src/lib/string-width.ts'),
      'react-devtools-core': join(root, 'src/lib/string-width.ts'),
    },
  },
  transform: { define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(version) } },
  plugins: [synchronousInk, withoutHttp2],
})
rmSync(dist, { recursive: true, force: true })
const { output } = await bundle.write({
  dir: dist,
  format: 'cjs',
  minify: true,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name].cjs',
  banner: (chunk) => (chunk.name === 'healthtop' ? '#!/usr/bin/env node' : ''),
})
await bundle.close()
chmodSync(join(dist, 'healthtop.cjs'), 0o755)
// ps-list starts it on Windows, from beside the file that it is bundled into. Other processors than x64 do without (probes/portable/processes/windows.ts).
const FASTLIST = 'vendor/fastlist-0.3.0-x64.exe'
cpSync(join(root, 'node_modules/ps-list', FASTLIST), join(dist, 'chunks', FASTLIST))
// Everything below dist/ is CommonJS, whatever package.json says of src/.
writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
writeFileSync(join(dist, 'LICENSES.txt'), licences(output))
// What editors complete healthtop.yaml by: named in the first line of what `init` writes.
const schema = execFileSync(process.execPath, [join(dist, 'healthtop.cjs'), 'config', 'schema'])
writeFileSync(join(dist, 'healthtop.schema.json'), schema)
// What programs that read the log can hold its lines against.
const lines = execFileSync(process.execPath, [join(root, 'scripts/run.mjs'), join(root, 'scripts/log-schema.ts')])
writeFileSync(join(dist, 'healthtop-log.schema.json'), lines)

/** Name, version and licence text of every package that has code in the bundle. */
function licences(chunks) {
  const folders = new Set()
  for (const chunk of chunks) {
    for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
      if (id.includes('/node_modules/')) folders.add(packageFolder(id))
    }
  }
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version: found, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
      return `${name} ${found}\n\n${text}\n`
    })
    .join(`\n${'-'.repeat(78)}\n\n`)
}

function packageFolder(id) {
  let folder = dirname(id)
  while (
    !existsSync(join(folder, 'package.json')) ||
    !JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name
  ) {
    folder = dirname(folder)
  }
  return folder
}
