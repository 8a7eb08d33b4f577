#!/usr/bin/env bash
# A small host of its own for the pictures: a process, host-name, network and mount namespace in which a few real programs do real work.
# Wants nginx, openssl, ping and mkfs.ext4. Arguments: the folder of the build, then those of healthtop; `shell` is a shell instead.
set -eu
dist=$(realpath "$1")
world=$(realpath "$(dirname "$0")/world")
shift
hostname web-03
ip link set lo up
ip address add 10.0.4.1/32 dev lo
# Nothing that is mounted on the machine where the pictures are made, but what every machine has.
awk '$2 !~ "^/((dev|proc|sys)(/|$)|$)" { print $2 }' /proc/self/mounts | tac | while read -r mount; do umount --lazy "$mount"; done
# Whoever opened the terminal takes it away: all that runs here is killed in the end.
folder=$XDG_CONFIG_HOME
cp -r "$world/." "$folder"
ln -s "$dist/healthtop.cjs" "$folder/healthtop"
mkdir -p "$folder/.config/healthtop"
mv "$folder/healthtop.yaml" "$folder/.config/healthtop"
bash "$folder/mounts.sh" "$folder"
# What the kernel of that machine is called says nothing of the program.
echo 6.1.0-37-amd64 >"$folder/osrelease"
mount --bind "$folder/osrelease" /proc/sys/kernel/osrelease
# No path of the machine where the pictures are made: all of it lies in /srv here.
mount --bind "$folder" /srv
cd /srv
exec bash start.sh "$@"
