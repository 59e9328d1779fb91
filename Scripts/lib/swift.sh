# shellcheck shell=bash
# Sourced after common.sh: how the package is built for its tests. All scripts use the same
# options, since other options mean building everything anew.
# shellcheck disable=SC2034,SC2154 # shared with the files sourced before and after

swift_options=(
    --scratch-path "$root/.build"
    --cache-path "$cache/swiftpm/cache"
    --config-path "$cache/swiftpm/configuration"
    --security-path "$cache/swiftpm/security"
    --explicit-target-dependency-import-check error
    -Xswiftc -warnings-as-errors
)

sanitizer=""

# use_sanitizer NAME: builds with it, in a folder of its own.
use_sanitizer() {
    sanitizer="$1"
    swift_options[1]="$root/.build-$1"
    swift_options+=(--sanitize "$1")
}
