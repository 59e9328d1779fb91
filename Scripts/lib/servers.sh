# shellcheck shell=bash
# Sourced after common.sh and install.sh: starts servers on free ports of the loopback address.
# They write to the run folder only and are stopped by common.sh.
# shellcheck disable=SC2034,SC2154 # shared with the files sourced before and after

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

answers() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# launch NAME START: calls START with a free port until its server answers. Another process may
# take the port first, so that a server that ends early gets another one, three times. The port
# is in $port afterwards.
launch() {
    local attempt
    for attempt in 1 2 3; do
        port="$(free_port)"
        "$2" "$port" "$run_folder/$1-$attempt"
        for _ in {1..600}; do
            kill -0 "$spawned" 2> /dev/null || continue 2
            ! answers "$port" || return 0
            sleep 0.1
        done
        break
    done
    tail -n 20 "$run_folder/$1-$attempt/log" >&2
    die "$1 did not start"
}

# The broker: an Apache Kafka in KAFKA_HOME where it is set, else the small embedded one. Its
# address is in $kafka_bootstrap, which of the two it is in $kafka_kind. Only the first speaks TLS;
# its address for that is in $kafka_tls_bootstrap, its authority's certificate in $kafka_tls_authority.
# The listener of $kafka_mutual_tls_bootstrap demands a client's certificate, such as that of
# $kafka_tls_client.
# Those for logins are in $kafka_sasl_bootstrap and, with TLS, $kafka_sasl_tls_bootstrap: the user
# `penstock` with the password `penstock-secret` by PLAIN and SCRAM, unsigned tokens by OAUTHBEARER.
start_kafka() {
    kafka_tls_bootstrap="" kafka_tls_authority="" kafka_sasl_bootstrap="" kafka_sasl_tls_bootstrap=""
    kafka_mutual_tls_bootstrap="" kafka_tls_client=""
    if [[ -n ${KAFKA_HOME:-} ]]; then
        kafka_kind=kafka
        say "Starting the Kafka of $KAFKA_HOME"
        make_certificates "$run_folder/tls" > "$run_folder/tls.log" 2>&1 || die "$(cat "$run_folder/tls.log")"
        launch kafka spawn_apache_kafka
        kafka_tls_bootstrap="127.0.0.1:$tls_port" kafka_tls_authority="$run_folder/tls/authority.pem"
        kafka_mutual_tls_bootstrap="127.0.0.1:$mutual_tls_port"
        kafka_tls_client="$run_folder/tls/client.pem"
        kafka_sasl_bootstrap="127.0.0.1:$sasl_port" kafka_sasl_tls_bootstrap="127.0.0.1:$sasl_tls_port"
    else
        kafka_kind=noida
        say "Starting the embedded broker"
        launch noida spawn_noida
    fi
    kafka_bootstrap="127.0.0.1:$port"
}

# make_certificates FOLDER: an authority of this run, a server's key and certificate of it, and a
# client's of an authority between.
make_certificates() {
    mkdir -p "$1"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Penstock test authority" \
        -keyout "$1/authority.key" -out "$1/authority.pem"
    echo "subjectAltName=DNS:localhost,IP:127.0.0.1" > "$1/server.extensions"
    echo "basicConstraints=critical,CA:TRUE" > "$1/between.extensions"
    echo "extendedKeyUsage=clientAuth" > "$1/client.extensions"
    make_certificate "$1" server localhost authority
    mv "$1/server.crt" "$1/server.pem" && cat "$1/server.key" >> "$1/server.pem"
    make_certificate "$1" between "Penstock test authority of clients" authority
    mv "$1/between.crt" "$1/between.pem"
    make_certificate "$1" client "Penstock test client" between
    cat "$1/client.key" "$1/client.crt" "$1/between.pem" > "$1/client.pem"
}

# make_certificate FOLDER FILE NAME ISSUER
make_certificate() {
    openssl req -newkey rsa:2048 -nodes -subj "/CN=$3" -keyout "$1/$2.key" -out "$1/$2.csr"
    openssl x509 -req -days 2 -in "$1/$2.csr" -CA "$1/$4.pem" -CAkey "$1/$4.key" \
        -CAcreateserial -extfile "$1/$2.extensions" -out "$1/$2.crt"
}

# spawn_apache_kafka PORT FOLDER; the ports for TLS and logins are in $tls_port, $mutual_tls_port,
# $sasl_port and $sasl_tls_port afterwards.
spawn_apache_kafka() {
    mkdir -p "$2"
    tls_port="$(free_port)" mutual_tls_port="$(free_port)"
    sasl_port="$(free_port)" sasl_tls_port="$(free_port)"
    kafka_properties "$1" "$(free_port)" "$2" > "$2/server.properties"
    export LOG_DIR="$2/logs" KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xmx512m}"
    run "$KAFKA_HOME/bin/kafka-storage.sh" format --cluster-id PenstockTestCluster00A \
        --config "$2/server.properties" \
        --add-scram "SCRAM-SHA-256=[name=penstock,password=penstock-secret]" \
        --add-scram "SCRAM-SHA-512=[name=penstock,password=penstock-secret]" \
        > "$2/log" 2>&1 || die "$(cat "$2/log")"
    spawn "$KAFKA_HOME/bin/kafka-server-start.sh" "$2/server.properties" > "$2/log" 2>&1
}

# kafka_properties PORT CONTROLLER_PORT FOLDER: one node, and nothing that makes a test wait.
kafka_properties() {
    cat << PROPERTIES
node.id=1
process.roles=broker,controller
controller.quorum.voters=1@127.0.0.1:$2
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$1,SSL://127.0.0.1:$tls_port,MUTUAL://127.0.0.1:$mutual_tls_port,SASL_PLAINTEXT://127.0.0.1:$sasl_port,SASL_SSL://127.0.0.1:$sasl_tls_port,CONTROLLER://127.0.0.1:$2
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,MUTUAL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
$(sasl_properties sasl_plaintext)
$(sasl_properties sasl_ssl)
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER
ssl.keystore.type=PEM
ssl.keystore.location=$run_folder/tls/server.pem
ssl.truststore.type=PEM
ssl.truststore.location=$run_folder/tls/authority.pem
listener.name.mutual.ssl.client.auth=required
log.dirs=$3/data
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=8
transaction.abort.timed.out.transaction.cleanup.interval.ms=500
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.retention.check.interval.ms=2000
PROPERTIES
}

# sasl_properties LISTENER: who may log in there, by each mechanism.
sasl_properties() {
    local modules=org.apache.kafka.common.security
    cat << PROPERTIES
listener.name.$1.plain.sasl.jaas.config=$modules.plain.PlainLoginModule required user_penstock="penstock-secret";
listener.name.$1.scram-sha-256.sasl.jaas.config=$modules.scram.ScramLoginModule required;
listener.name.$1.scram-sha-512.sasl.jaas.config=$modules.scram.ScramLoginModule required;
listener.name.$1.oauthbearer.sasl.jaas.config=$modules.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="penstock";
listener.name.$1.oauthbearer.connections.max.reauth.ms=3600000
PROPERTIES
}

# spawn_noida PORT FOLDER
spawn_noida() {
    mkdir -p "$2"
    spawn "$("$python" -c 'import noida_db; print(noida_db.__path__[0])')/noida-db" start \
        --only kafka --kafka-port "$1" --data-dir "$2/data" > "$2/log" 2>&1
}

# A DynamoDB-compatible server; its address is in $dynamodb_endpoint.
start_dynamodb() {
    say "Starting a DynamoDB-compatible server"
    launch ministack spawn_ministack
    dynamodb_endpoint="http://127.0.0.1:$port"
}

# A second one, which checks signatures and permissions; its address is in $dynamodb_auth_endpoint.
start_dynamodb_with_authentication() {
    say "Starting a DynamoDB-compatible server that checks signatures"
    launch ministack-auth spawn_ministack_with_authentication
    dynamodb_auth_endpoint="http://127.0.0.1:$port"
}

# spawn_ministack PORT FOLDER [VARIABLE=VALUE...]
spawn_ministack() {
    mkdir -p "$2"
    spawn env "${@:3}" GATEWAY_PORT="$1" BIND_HOST=127.0.0.1 IOT_MTLS_ENABLED=0 LOG_LEVEL=WARNING \
        STATE_DIR="$2/state" S3_DATA_DIR="$2/s3" HOME="$2" "$cache/venv/bin/ministack" > "$2/log" 2>&1
}

spawn_ministack_with_authentication() { spawn_ministack "$@" AUTH=true; }
