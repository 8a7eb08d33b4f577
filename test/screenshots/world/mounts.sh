# File systems of this host alone, each in an image in the folder that is given; they end with the last process that sees them.
set -eu

# Where it is mounted, its size in GiB, and how full it is in percent.
disk() {
  local image="$1/$(basename "$2").img"
  # All of it at once: that file system is not the one whose space is used up from now on.
  fallocate -l "$3G" "$image"
  mkfs.ext4 -q -m 0 -E nodiscard "$image"
  mount -o loop,noinit_itable "$image" "$2"
  fallocate -l "$(($3 * $4 * 1024 * 1024 * 1024 / 100))" "$2/archive"
}

disk "$1" /home 2 61
# vacuum-logs.mjs has the pace at which it fills.
disk "$1" /var 12 78
mkdir /var/log /var/sessions
