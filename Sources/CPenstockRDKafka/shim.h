#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdint.h>
#include <sys/eventfd.h>

// Constants that the header defines as macros, which Swift imports without their type or not at all.
static const int64_t penstock_rdkafka_offset_invalid = RD_KAFKA_OFFSET_INVALID;
static const int32_t penstock_rdkafka_partition_unassigned = RD_KAFKA_PARTITION_UA;

// The descriptor that a queue signals. Swift's Glibc module has no eventfd.
static inline int penstock_rdkafka_signal_descriptor(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}
