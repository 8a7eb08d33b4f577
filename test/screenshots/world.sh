#!/usr/bin/env bash
# A small host of its own for the pictures: a process, host-name and network namespace in which a few real programs do real work.
# Arguments: the folder of the build, then those of healthtop.
set -eu
dist=$(realpath "$1")
shift
hostname web-03
ip link set lo up
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >server.js <<'JS'
const body = Buffer.alloc(64 * 1024, 'x')
require('node:http').createServer((request, response) => response.end(body)).listen(8443)
JS
cat >client.js <<'JS'
const http = require('node:http')
const agent = new http.Agent({ keepAlive: true })
const ask = () => http.get('http://127.0.0.1:8443/', { agent }, (answer) => answer.resume().on('end', () => setTimeout(ask, 20 + 30 * Math.random()))).on('error', () => setTimeout(ask, 100))
for (let times = 0; times < 4; times++) ask()
JS
cat >report.js <<'JS'
setInterval(() => { for (const end = Date.now() + 25 + 25 * Math.random(); Date.now() < end; ); }, 300)
JS
node server.js &
node client.js &
node report.js --daily &
(while sleep 2; do dd if=/dev/zero of=backup.img bs=1M count=4 oflag=dsync 2>/dev/null; done) &
ln -s "$dist/healthtop.cjs" healthtop
node healthtop "$@"
