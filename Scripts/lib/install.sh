# shellcheck shell=bash
# Sourced after common.sh: installs what is missing. What is there already is left alone, so a
# library that was installed by other means than Debian's packages is as good.
# shellcheck disable=SC2154 # root, lib, cache and run_folder are common.sh's

python="$cache/venv/bin/python"

# Prints the Debian packages that would bring what is missing.
missing_packages() {
    if ! command -v pkg-config > /dev/null; then
        echo pkg-config librdkafka-dev libcurl4-openssl-dev libssl-dev
    else
        pkg-config --exists rdkafka || echo librdkafka-dev
        pkg-config --exists libcurl || echo libcurl4-openssl-dev
        pkg-config --exists libcrypto || echo libssl-dev
    fi
    python3 -c 'import ensurepip, venv' 2> /dev/null || echo python3-venv
    [[ -z ${KAFKA_HOME:-} ]] || command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java" > /dev/null \
        || echo default-jre-headless # Kafka 4 wants 17 or newer; Debian 12 and later bring that
    [[ -z ${KAFKA_HOME:-} ]] || command -v openssl > /dev/null || echo openssl # its certificate
}

install_packages() {
    command -v swift > /dev/null || die "Swift 6.3 or newer is needed: https://www.swift.org/install"
    local packages as_root=()
    mapfile -t packages < <(missing_packages | tr ' ' '\n')
    [[ ${#packages[@]} -gt 0 ]] || return 0
    command -v apt-get > /dev/null || die "missing, in Debian's names: ${packages[*]}"
    if [[ $EUID -ne 0 ]]; then
        command -v sudo > /dev/null || die "run as root: apt-get install ${packages[*]}"
        as_root=(sudo)
    fi
    say "Installing with apt-get: ${packages[*]}"
    # In the foreground: sudo may ask for a password.
    as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
    { "${as_root[@]}" update && "${as_root[@]}" install -y --no-install-recommends "${packages[@]}"; } \
        > /dev/null || die "could not install; run as root: apt-get install ${packages[*]}"
}

# The servers and witnesses of requirements.txt, in a virtual environment inside the checkout.
install_servers() {
    local lock wanted
    wanted="$root $(cat "$lib/requirements.txt")" # its scripts name the folder they stand in
    mkdir -p "$cache"
    exec {lock}> "$cache/lock"
    run flock "$lock"
    if [[ "$(cat "$cache/venv/installed" 2> /dev/null)" != "$wanted" ]]; then
        say "Installing the test servers into ${cache#"$root/"}"
        rm -rf "$cache/venv"
        run python3 -m venv "$cache/venv"
        run "$python" -m pip install --quiet --disable-pip-version-check --no-cache-dir \
            --only-binary :all: --requirement "$lib/requirements.txt"
        echo "$wanted" > "$cache/venv/installed"
    fi
    exec {lock}>&-
}

# Prints a folder in which librdkafka.so.1 is the one of the confluent-kafka wheel. A program that
# was linked to Debian's runs on it with LD_LIBRARY_PATH.
newer_librdkafka() {
    local folder="$run_folder/librdkafka" wheel
    wheel="$(echo "$cache"/venv/lib/python3*/site-packages/confluent_kafka.libs/librdkafka-*.so.1)"
    [[ -f $wheel ]] || return 0
    mkdir -p "$folder"
    ln -sf "$wheel" "$folder/librdkafka.so.1"
    echo "$folder"
}
